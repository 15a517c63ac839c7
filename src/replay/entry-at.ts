import { join } from 'node:path';
import {
  ArrayStore,
  type CheckpointRecord,
  EMPTY_CHAIN,
  type JournalLine,
  type RunArchive,
  chainBefore,
  journalLines,
  readCheckpointText,
} from '../archive/index.js';
import type { Samples } from '../core/index.js';
import {
  type Checkpoint,
  type Entry,
  type PlannedControl,
  parseCheckpoint,
} from '../swarm/index.js';

/**
 * The latest checkpoint of a run at or before a logical time, with what is needed to go on from
 * there; undefined where there is none, and the run can only be begun anew. A UserError for a
 * damaged one.
 */
export function entryAt(run: RunArchive, time: Samples): Entry | undefined {
  const controls: PlannedControl[] = [];
  let record: CheckpointRecord | undefined;
  let [chain, before]: (string | undefined)[] = [EMPTY_CHAIN, undefined];
  for (const { record: one, chain: after } of linesOf(run)) {
    // What happened to the swarm itself is written at once, whatever its time.
    if (one.type !== 'happened' && one.time > time) break;
    if (one.type === 'checkpoint') [record, before] = [one, chain];
    chain = after;
    if (one.type === 'control') controls.push({ time: one.time, control: one.control });
  }
  if (record === undefined) return undefined;
  const { time: at, hash } = record;
  const taken = controls.filter((control) => control.time < at);
  const own = run.base === undefined ? before : chainAt(run, at);
  return entryFrom(run, { at, controls: taken, record, hash, chain: own });
}

/** A run's records with the chain at each; of what lies in several journals only the records. */
function linesOf(run: RunArchive): Iterable<Pick<JournalLine, 'record' | 'chain'>> {
  if (run.base === undefined) return journalLines(join(run.folder, 'journal'));
  return recordsOf(run);
}

function* recordsOf(run: RunArchive): Generator<Pick<JournalLine, 'record' | 'chain'>> {
  for (const record of run.records()) yield { record };
}

/** What an entry is made of beside the checkpoint's file. */
interface EntryParts {
  readonly at: Samples;
  readonly controls: readonly PlannedControl[];
  readonly record: CheckpointRecord | undefined;
  readonly hash: string | undefined;
  /** The chain before it; looked for unless given. */
  readonly chain?: string | undefined;
}

/** An entry at the checkpoint file of a time. */
export function entryFrom(run: RunArchive, parts: EntryParts): Entry {
  const { at, controls, record, hash, chain = chainAt(run, at) } = parts;
  const blobs = blobFolders(run);
  return {
    checkpoint: checkpointAt(run, at, hash, new ArrayStore(blobs)),
    blobs,
    controls,
    record,
    ...(chain === undefined ? {} : { chain }),
  };
}

/** Where the signals of a run may lie: in its own folder, then in those of the runs it entered. */
export function blobFolders(run: RunArchive): [string, ...string[]] {
  const inherited = run.base === undefined ? [] : blobFolders(run.base);
  return [join(run.folder, 'blobs'), ...inherited];
}

/** The chain that a journal goes on which enters here; undefined for one of the first format. */
function chainAt({ base, folder, record }: RunArchive, at: Samples): string | undefined {
  if (base !== undefined && at <= (record.origin?.at ?? 0)) return chainAt(base, at);
  return chainBefore(journalLines(join(folder, 'journal')), at);
}

function checkpointAt(
  run: RunArchive,
  at: Samples,
  hash: string | undefined,
  arrays: ArrayStore,
): Checkpoint {
  const { base, record } = run;
  // What lies at or before a fork's own beginning is its base's.
  const elsewhere = base !== undefined && at <= (record.origin?.at ?? 0);
  if (elsewhere) return checkpointAt(base, at, hash, arrays);
  return parseCheckpoint(readCheckpointText(run.folder, at, hash), arrays);
}
