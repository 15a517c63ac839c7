import {
  type Blobs,
  type CheckpointRecord,
  type ControlRecord,
  type Journal,
  type JournalRecord,
  type JournalSum,
  type Receipt,
  SYNC_DEFAULT,
  type SyncPolicy,
  saidRecord,
  signalBytes,
  syncSeconds,
} from '../archive/index.js';
import { type Envelope, type Samples, messageOf } from '../core/index.js';
import { afterSeconds, stopwatch } from './clock.js';

interface Entry {
  readonly time: Samples;
  /** Rank of the agent in the order of feeding, then its own count. */
  readonly rank: number;
  readonly order: number;
  readonly suborder: number;
  readonly agent?: string;
  write(): readonly [record: JournalRecord, blob?: Receipt];
}

/** What has been journaled is handed to the disk within a second, however long nothing happens. */
const FLUSH_SECONDS = 1;

/** Failures come after what agents say at the same time. */
const FAILURE_RANK = Number.MAX_SAFE_INTEGER;

/** What happens to an agent because of what it does itself. */
const REPEATED: ReadonlySet<string> = new Set(['failed', 'scrubbed', 'renewed']);

/** What a chronicle may be told. */
export interface ChronicleOptions {
  /** The logical time at which the run begins. */
  readonly began?: Samples;
  /** When what was written is forced onto the disk. */
  readonly sync?: SyncPolicy;
  /** Hears every record as it is journaled. */
  readonly onRecord?: ((record: JournalRecord) => void) | undefined;
}

/** What controls do comes before what agents do at the same time. */
export const CONTROL_RANK = -1;

/**
 * Puts what happened into the one order that every run repeats: time, then who feeds whom, then
 * each agent's own count. Agents compute side by side, so entries wait until nothing earlier can
 * come; parents then stand first.
 */
export class Chronicle {
  readonly #journal: Journal;
  readonly #blobs: Blobs | undefined;
  #waiting: Entry[] = [];
  #earliest = Number.POSITIVE_INFINITY;
  readonly #syncSeconds: number;
  #sinceSync = stopwatch();
  #syncing: Promise<void> | undefined;
  #callOff: (() => void) | undefined;
  #troubled = false;
  #failures = 0;
  /** The latest logical time that has been written; −1 before anything was. */
  reached: Samples;
  readonly #onRecord: ((record: JournalRecord) => void) | undefined;

  constructor(
    journal: Journal,
    blobs: Blobs | undefined,
    { began = 0, onRecord, sync = SYNC_DEFAULT }: ChronicleOptions = {},
  ) {
    this.#onRecord = onRecord;
    this.#journal = journal;
    this.#blobs = blobs;
    this.reached = began - 1;
    this.#syncSeconds = syncSeconds(sync);
  }

  /** Entries written so far. */
  get entries(): number {
    return this.#journal.entries;
  }

  /** Notes an envelope of the agent with the given rank. */
  said(envelope: Envelope, rank: number, order: number): void {
    this.#add({ time: envelope.time, rank, order, suborder: 0, write: () => this.#keep(envelope) });
  }

  /** Notes a message that did not arrive across the link of the given index. */
  dropped(
    record: Extract<JournalRecord, { type: 'dropped' }>,
    rank: number,
    link: number,
    sequence: number,
  ): void {
    const order = 1e9 + link;
    this.#add({ time: record.time, rank, order, suborder: sequence, write: () => [record] });
  }

  /** Notes a control: before everything that happens at its time. */
  controlled(record: ControlRecord): void {
    const { time, id } = record;
    const write = () => [record] as const;
    this.#add({ time, rank: CONTROL_RANK, order: id, suborder: -1, write });
  }

  /**
   * Notes what happened to the swarm itself: at once, because no other run repeats it; but a
   * failure of an agent does repeat, as does a spoilt sound, and takes its place in the order.
   */
  happened(record: Extract<JournalRecord, { type: 'happened' }>): void {
    const { time, agent } = record;
    if (REPEATED.has(record.what) && agent !== undefined) {
      const [order, suborder] = [0, ++this.#failures];
      this.#add({ time, rank: FAILURE_RANK, order, suborder, agent, write: () => [record] });
      return;
    }
    this.#append(record);
  }

  /** Notes a checkpoint behind everything before it; nothing that waits is earlier. */
  checkpoint(record: CheckpointRecord): void {
    this.writeUntil(record.time);
    this.#append(record);
  }

  /** Nothing more happens at `time` or before. */
  reach(time: Samples): void {
    this.writeUntil(time + 1);
    this.reached = Math.max(this.reached, time);
  }

  /** Writes everything before `horizon`, in order. */
  writeUntil(horizon: Samples): void {
    if (this.#earliest >= horizon) return;
    const due = this.#waiting.filter((entry) => entry.time < horizon);
    this.#waiting = this.#waiting.filter((entry) => entry.time >= horizon);
    this.#earliest = this.#waiting.reduce((t, entry) => Math.min(t, entry.time), Infinity);
    due.sort(inOrder);
    for (const entry of due) this.#append(...entry.write());
    this.reached = Math.max(this.reached, due.at(-1)?.time ?? -1);
  }

  /** Hands what has been written to the disk, and has it synced from time to time. Never throws. */
  flush(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    this.#blobs?.retry();
    this.#journal.flush();
    this.#tellTrouble();
    if (this.#syncing !== undefined || this.#sinceSync() < this.#syncSeconds) return;
    this.#syncing = this.#sync().finally(() => {
      this.#syncing = undefined;
      this.#sinceSync = stopwatch();
    });
  }

  /** Writes what is left and returns the journal's sum; a control planned for later never was. */
  async close(ended: Samples): Promise<JournalSum> {
    this.#waiting = this.#waiting.filter((e) => e.rank !== CONTROL_RANK || e.time < ended);
    this.writeUntil(Number.POSITIVE_INFINITY);
    this.flush();
    await this.#blobs?.close();
    await this.#syncing;
    this.#journal.close();
    if (Number.isFinite(this.#syncSeconds)) await this.#sync();
    const sum = this.#journal.sum();
    if (sum.unwritten !== undefined) warn(`${sum.unwritten} journal records were not written`);
    return sum;
  }

  /** Sounds before the lines that name them. A disk that will not is asked again next time. */
  async #sync(): Promise<void> {
    try {
      const { written } = this.#journal;
      await this.#blobs?.sync();
      await this.#journal.sync(written);
    } catch (error) {
      this.#tellTrouble(error);
    }
  }

  #flushSoon(): void {
    this.#callOff ??= afterSeconds(FLUSH_SECONDS, () => {
      this.flush();
      if (this.#troubled) this.#flushSoon();
    });
  }

  /** Once when the disk begins to fail, and once when all that waited is written. */
  #tellTrouble(error: unknown = this.#journal.trouble ?? this.#blobs?.trouble): void {
    if ((error !== undefined) === this.#troubled) return;
    this.#troubled = error !== undefined;
    const says = this.#troubled ? messageOf(error) : 'it is written again';
    const what = this.#troubled ? 'archive failing' : 'archive mended';
    this.#append({ type: 'happened', time: Math.max(0, this.reached), what, says });
    warn(this.#troubled ? `the archive waits for its disk: ${says}` : `the archive: ${says}`);
    this.#flushSoon();
  }

  #append(record: JournalRecord, blob?: Receipt): void {
    this.#journal.append(record, blob);
    this.#onRecord?.(record);
    this.#flushSoon();
  }

  #add(entry: Entry): void {
    this.#waiting.push(entry);
    if (entry.time < this.#earliest) this.#earliest = entry.time;
  }

  #keep(envelope: Envelope): [JournalRecord, Receipt?] {
    const bytes = signalBytes(envelope);
    const record = saidRecord(envelope, bytes);
    const receipt = record.hash === undefined ? undefined : this.#blobs?.put(record.hash, bytes);
    return receipt === undefined ? [record] : [record, receipt];
  }
}

/** Total, because what one agent does it always does in the same order. */
function inOrder(a: Entry, b: Entry): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.agent !== b.agent) return (a.agent ?? '') < (b.agent ?? '') ? -1 : 1;
  return a.order - b.order || a.suborder - b.suborder;
}

/** Neither a warning nor a disk stops the music. */
function warn(says: string): void {
  process.emitWarning(says, 'ArchiveWarning');
}
