import {
  type Blobs,
  type CheckpointRecord,
  type ControlRecord,
  type Journal,
  type JournalRecord,
  type JournalSum,
  saidRecord,
  signalBytes,
} from '../archive/index.js';
import type { Envelope, Samples } from '../core/index.js';

interface Entry {
  readonly time: Samples;
  /** Rank of the agent in the order of feeding, then its own count. */
  readonly rank: number;
  readonly order: number;
  readonly suborder: number;
  write(): JournalRecord;
}

/** What a chronicle may be told. */
export interface ChronicleOptions {
  /** The logical time at which the run begins. */
  readonly began?: Samples;
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
  /** The latest logical time that has been written; −1 before anything was. */
  reached: Samples;
  readonly #onRecord: ((record: JournalRecord) => void) | undefined;

  constructor(
    journal: Journal,
    blobs: Blobs | undefined,
    { began = 0, onRecord }: ChronicleOptions = {},
  ) {
    this.#onRecord = onRecord;
    this.#journal = journal;
    this.#blobs = blobs;
    this.reached = began - 1;
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
    this.#add({ time: record.time, rank, order, suborder: sequence, write: () => record });
  }

  /** Notes a control: before everything that happens at its time. */
  controlled(record: ControlRecord): void {
    const { time, id } = record;
    const write = (): JournalRecord => record;
    this.#add({ time, rank: CONTROL_RANK, order: id, suborder: -1, write });
  }

  /** Notes at once what happened to the swarm itself. */
  happened(record: Extract<JournalRecord, { type: 'happened' }>): void {
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
    due.sort(
      (a, b) => a.time - b.time || a.rank - b.rank || a.order - b.order || a.suborder - b.suborder,
    );
    for (const entry of due) this.#append(entry.write());
    this.reached = Math.max(this.reached, due.at(-1)?.time ?? -1);
  }

  /** Hands what has been written to the disk. */
  flush(): void {
    this.#journal.flush();
  }

  /** Writes what is left and returns the journal's sum; a control planned for later never was. */
  async close(ended: Samples): Promise<JournalSum> {
    this.#waiting = this.#waiting.filter((e) => e.rank !== CONTROL_RANK || e.time < ended);
    this.writeUntil(Number.POSITIVE_INFINITY);
    this.#journal.close();
    await this.#blobs?.close();
    return this.#journal.sum();
  }

  #append(record: JournalRecord): void {
    this.#journal.append(record);
    this.#onRecord?.(record);
  }

  #add(entry: Entry): void {
    this.#waiting.push(entry);
    if (entry.time < this.#earliest) this.#earliest = entry.time;
  }

  #keep(envelope: Envelope): JournalRecord {
    const bytes = signalBytes(envelope);
    const record = saidRecord(envelope, bytes);
    if (record.hash !== undefined) this.#blobs?.put(record.hash, bytes);
    return record;
  }
}
