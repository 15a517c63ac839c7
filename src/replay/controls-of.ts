import { type JournalRecord, type RunArchive, type SaidRecord } from '../archive/index.js';
import type { Audio } from '../core/index.js';
import { type PlannedControl, plannedFrom } from '../swarm/index.js';

/**
 * The controls of a run at their times, for a run that repeats it; what was injected comes from
 * the archive, so that no file is read again. A UserError when the archive no longer has it.
 */
export async function controlsOf(run: RunArchive): Promise<readonly PlannedControl[]> {
  const [controls, injected] = steered(run.records());
  let heard = 0;
  const planned: PlannedControl[] = [];
  for (const one of plannedFrom(controls)) {
    const { name } = one.control;
    const said = name === 'inject' || name === 'seed' ? injected[heard++] : undefined;
    if (name !== 'inject' || said === undefined) planned.push(one);
    else planned.push({ ...one, recording: await recordingOf(run, said) });
  }
  return planned;
}

type Recording = NonNullable<PlannedControl['recording']>;

async function recordingOf(run: RunArchive, said: SaidRecord): Promise<Recording> {
  const audio = (await run.signal(said)) as Audio;
  return { audio, file: said.origins?.[0]?.[0] ?? said.id };
}

/** The controls of a journal, and what the engine itself said, in the order of its numbers. */
function steered(records: Iterable<JournalRecord>): [JournalRecord[], SaidRecord[]] {
  const controls: JournalRecord[] = [];
  const injected: SaidRecord[] = [];
  for (const record of records) {
    if (record.type === 'control') controls.push(record);
    if (record.type === 'said' && record.from === 'control.audio') injected.push(record);
  }
  injected.sort((a, b) => a.sequence - b.sequence);
  return [controls, injected];
}
