import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type SignalKind, type SignalMap, UserError } from '../core/index.js';
import type { SaidRecord } from './canonical.js';
import type { JournalRecord } from './journal.js';
import { type KeptBlob, missingBlob, readKept } from './keeping/kept-blob.js';
import { readJournal } from './read-journal.js';
import { type RunRecord, readRunRecord } from './run-record.js';
import { signalOf } from './signal-of.js';

/** A run as it lies on disk, to be read; it may still be playing. */
export interface RunArchive {
  /** Absolute. */
  readonly folder: string;
  readonly record: RunRecord;
  /** The run that this one entered: for a fork, one resumed, a replay that began in its midst. */
  readonly base: RunArchive | undefined;
  /** What happened from the very beginning: a fork's past is that of the run it came from. */
  records(): Generator<JournalRecord>;
  /** What happened in this run itself. */
  ownRecords(): Generator<JournalRecord>;
  /**
   * The bytes behind a hash, verified, from here or from the run that this one entered. A UserError
   * when they were thinned, or are kept as FLAC that holds 24 bits of them.
   */
  blob(hash: string): Promise<Uint8Array>;
  /** The same as it was kept: the very bytes, or those of a FLAC, which `exact` then says. */
  kept(hash: string): Promise<KeptBlob>;
  /** What an envelope carried; sound from a FLAC where nothing better is left: see `kept`. */
  signal(record: SaidRecord): Promise<SignalMap[SignalKind]>;
  /** The scenario as it was played. */
  scenarioText(): string;
}

/** Opens a run's folder for reading; a UserError when it is none. */
export function openRun(folder: string): RunArchive {
  const path = resolve(folder);
  const record = readRunRecord(path);
  const { origin } = record;
  const entered = origin !== undefined && (origin.how !== 'replay' || origin.at > 0);
  const base = entered ? openRun(resolve(path, origin.folder)) : undefined;
  const kept = async (hash: string): Promise<KeptBlob> => {
    const here = await readKept(join(path, 'blobs'), hash);
    if (here !== undefined) return here;
    if (base !== undefined) return base.kept(hash);
    throw missingBlob(path, hash, record.exact);
  };
  const ownRecords = (): Generator<JournalRecord> => readJournal(join(path, 'journal'));
  return {
    folder: path,
    record,
    base,
    ownRecords,
    *records(): Generator<JournalRecord> {
      if (base !== undefined) yield* before(base.records(), origin?.at ?? 0);
      yield* ownRecords();
    },
    kept,
    async blob(hash): Promise<Uint8Array> {
      const { bytes, exact } = await kept(hash);
      if (exact) return bytes;
      throw notTheNumbers(path, hash);
    },
    async signal(said): Promise<SignalMap[SignalKind]> {
      return signalOf(
        said,
        said.hash === undefined ? new Uint8Array() : (await kept(said.hash)).bytes,
      );
    },
    scenarioText: () => readFileSync(join(path, 'scenario.yaml'), 'utf8'),
  };
}

function notTheNumbers(where: string, hash: string): UserError {
  return new UserError({
    what: `blob ${hash.slice(0, 12)}… is kept as FLAC, 24 bits: not the very numbers`,
    where,
    hint: 'it can be heard; to have the numbers again, replay the run',
  });
}

function* before(records: Iterable<JournalRecord>, time: number): Generator<JournalRecord> {
  for (const record of records) if (record.time < time) yield record;
}

/**
 * The folder that `<run>` means on a command line: a folder with a run.json, or a run's id in
 * `home` (`out` by default). A UserError when there is none.
 */
export function findRun(written: string, home = 'out'): string {
  const found = [written, join(home, written)].find((path) => existsSync(join(path, 'run.json')));
  if (found !== undefined) return resolve(found);
  throw new UserError({
    what: 'there is no such run',
    where: written,
    allowed: `the folder of a run, or the id of one in ${home}/`,
    hint: 'demiurge archive ls',
  });
}

/** The folder of a run, then those of the runs it came from. */
export function foldersOf({ folder, base }: RunArchive): string[] {
  return [folder, ...(base === undefined ? [] : foldersOf(base))];
}
