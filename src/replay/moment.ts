import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunArchive, checkpointFile } from '../archive/index.js';
import { type Samples, UserError, toSeconds } from '../core/index.js';
import { type Entry, runSwarm } from '../swarm/index.js';
import { controlsOf } from './controls-of.js';
import { entryAt, entryFrom } from './entry-at.js';
import { type SettingUp, loadReplayed } from './load-replayed.js';

/**
 * The very moment of a run, to be entered; undefined for its beginning. Where no checkpoint was
 * kept, the run is played there from the latest one before, and the checkpoint stays with it.
 */
export async function momentOf(
  run: RunArchive,
  time: Samples,
  options: SettingUp = {},
): Promise<Entry | undefined> {
  const { base, record } = run;
  const began = record.origin?.at ?? 0;
  if (base !== undefined && time <= began) return momentOf(base, time, options);
  if (time <= 0) return undefined;
  const entry = entryAt(run, time);
  if (entry?.checkpoint.time === time) return entry;
  if (!existsSync(checkpointFile(run.folder, time))) await keepMoment(run, time, entry, options);
  const controls = (await controlsOf(run)).filter((control) => control.time < time);
  return entryFrom(run, { at: time, controls, record: undefined, hash: undefined });
}

async function keepMoment(
  run: RunArchive,
  time: Samples,
  enter: Entry | undefined,
  options: SettingUp,
): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'demiurge-moment-'));
  const replayed = await loadReplayed(run, { ...options, foreseeing: false });
  try {
    const outFolder = join(home, 'run');
    const from = enter?.checkpoint.time ?? 0;
    const controls = await controlsOf(run);
    let unkept: string | undefined;
    await runSwarm(replayed.scenario, {
      outFolder,
      clock: 'virtual',
      // What happens at the moment itself is no part of it.
      durationSeconds: toSeconds(time + 1, run.record.sampleRate),
      checkpoints: { at: [time] },
      plannedControls: controls.filter((control) => control.time >= from),
      onEvent: (event) => {
        if (event.type === 'unkept') unkept = event.says;
      },
      ...(enter === undefined ? {} : { enter }),
    });
    if (unkept !== undefined) throw unenterable(run, unkept);
    cpSync(checkpointFile(outFolder, time), checkpointFile(run.folder, time));
    cpSync(join(outFolder, 'blobs'), join(run.folder, 'blobs'), { recursive: true, force: false });
  } finally {
    replayed.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function unenterable({ folder, record }: RunArchive, says: string): UserError {
  return new UserError({
    what: `this run cannot be entered in its midst: ${says}`,
    where: folder,
    hint: `demiurge fork ${record.run} --at 0`,
  });
}
