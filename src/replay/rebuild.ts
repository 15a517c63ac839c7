import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunArchive, type SaidRecord, saidRecord, signalBytes } from '../archive/index.js';
import { type Envelope, UserError, toSeconds } from '../core/index.js';
import { runSwarm } from '../swarm/index.js';
import { controlsOf } from './controls-of.js';
import { entryAt } from './entry-at.js';
import { type SettingUp, loadReplayed } from './load-replayed.js';

/** How something that was said is made again. */
export interface RebuildOptions extends SettingUp {
  /** Trusts no checkpoint: everything before it is computed anew. */
  readonly fromStart?: boolean;
}

/** What was said, made again from what the run was made of. */
export interface Rebuilt {
  readonly record: SaidRecord;
  readonly envelope: Envelope;
  /** SHA-256 of its numbers as they came out now; undefined where it has none. */
  readonly hash: string | undefined;
  /** Whether all that the journal says of it is the same, its numbers included. */
  readonly identical: boolean;
  /** Logical seconds that were played for it. */
  readonly playedSeconds: number;
}

/**
 * Makes an envelope again: from the latest checkpoint before it, or from nothing, its ancestors
 * say again what they said. A UserError for one that the run never said, or does not say again.
 */
export async function rebuildEnvelope(
  run: RunArchive,
  record: SaidRecord,
  options: RebuildOptions = {},
): Promise<Rebuilt> {
  const enter = options.fromStart === true ? undefined : entryAt(run, record.time);
  const from = enter?.checkpoint.time ?? 0;
  const { sampleRate } = run.record;
  const found = new AbortController();
  let envelope: Envelope | undefined;
  const home = mkdtempSync(join(tmpdir(), 'demiurge-rebuild-'));
  const replayed = await loadReplayed(run, { ...options, foreseeing: false });
  try {
    await runSwarm(replayed.scenario, {
      outFolder: join(home, 'run'),
      clock: 'virtual',
      checkpoints: 'off',
      durationSeconds: toSeconds(record.time + 1, sampleRate),
      plannedControls: (await controlsOf(run)).filter(({ time }) => time >= from),
      signal: found.signal,
      onEvent: (event) => {
        if (event.type !== 'said' || event.envelope.id !== record.id) return;
        envelope = event.envelope;
        found.abort();
      },
      ...(enter === undefined ? {} : { enter }),
    });
  } finally {
    replayed.close();
    rmSync(home, { recursive: true, force: true });
  }
  if (envelope === undefined) throw unsaid(run, record);
  const again = saidRecord(envelope, signalBytes(envelope));
  const playedSeconds = toSeconds(record.time - from, sampleRate);
  const identical = JSON.stringify(again) === JSON.stringify(record);
  return { record, envelope, hash: again.hash, identical, playedSeconds };
}

function unsaid({ folder, record: { run } }: RunArchive, { id }: SaidRecord): UserError {
  return new UserError({
    what: `${id} is not said again`,
    where: folder,
    hint: `demiurge replay ${run} --check shows where it goes another way`,
  });
}
