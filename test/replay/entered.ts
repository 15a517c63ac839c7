import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JournalRecord, openRun } from '../../src/archive/index.js';
import { entryAt } from '../../src/replay/index.js';
import type { Scenario } from '../../src/scenarios/index.js';
import { type RunOptions, plannedFrom, runSwarm } from '../../src/swarm/index.js';

/** A folder for runs, taken away by the call of `leave`. */
export function makeRoom(): { folder(): string; leave(): void } {
  const home = mkdtempSync(join(tmpdir(), 'demiurge-entered-'));
  let count = 0;
  return {
    folder: () => join(home, `run-${++count}`),
    leave: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Plays a piece into a folder and returns what it journaled itself. */
export async function playInto(
  outFolder: string,
  piece: Scenario,
  options: Partial<RunOptions>,
): Promise<readonly JournalRecord[]> {
  await runSwarm(piece, { outFolder, ...options });
  return [...openRun(outFolder).ownRecords()];
}

/** Enters a run at its latest checkpoint at or before `time` and plays on as it went. */
export async function enterInto(
  outFolder: string,
  { piece, base, time }: { piece: Scenario; base: string; time: number },
  options: Partial<RunOptions>,
): Promise<readonly JournalRecord[]> {
  const run = openRun(base);
  const enter = entryAt(run, time);
  if (enter === undefined) throw new Error(`no checkpoint at or before ${time}`);
  const at = enter.checkpoint.time;
  const plannedControls = plannedFrom(run.records()).filter((planned) => planned.time >= at);
  return playInto(outFolder, piece, {
    ...options,
    enter,
    origin: { how: 'fork', run: run.record.run, folder: base, at },
    plannedControls,
  });
}
