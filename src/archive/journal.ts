import { type Hash, createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { ControlRequest } from '../telemetry/index.js';
import type { SaidRecord } from './canonical.js';
import { EMPTY_CHAIN, nextChain, segmentHeader } from './chain.js';
import { type Disk, systemDisk } from './disk.js';
import { type JournalMark, Segment } from './segment.js';

/**
 * A message that did not arrive. Those by a brim or a lap limit repeat in every run; the others
 * do not.
 */
export interface DroppedRecord {
  readonly type: 'dropped';
  readonly id: string;
  readonly time: number;
  readonly link: string;
  readonly reason: 'brim' | 'laps' | 'crash' | 'down' | 'lost' | 'shelved';
}

/** Something that happened to the swarm itself: a crash, a restart, a lost server. */
export interface HappenedRecord {
  readonly type: 'happened';
  readonly time: number;
  readonly what: string;
  readonly agent?: string;
  readonly says?: string;
}

/**
 * A control, and the logical time from which it holds; `id` counts from 1. A run that is given the
 * same controls at the same times repeats.
 */
export interface ControlRecord {
  readonly type: 'control';
  readonly time: number;
  readonly id: number;
  readonly control: ControlRequest;
}

/**
 * Everything before its time has happened and nothing after it has; `hash` is that of the file
 * `checkpoints/<time>.json`, which holds the states of all agents.
 */
export interface CheckpointRecord {
  readonly type: 'checkpoint';
  readonly time: number;
  readonly hash: string;
}

/** One line of a journal. */
export type JournalRecord =
  | SaidRecord
  | DroppedRecord
  | HappenedRecord
  | ControlRecord
  | CheckpointRecord;

/** What a journal amounts to. */
export interface JournalSum {
  readonly entries: number;
  /** SHA-256 over the lines that the same scenario, seed, models, corpus and controls repeat. */
  readonly digest: string;
  /** The chain of its last line. */
  readonly chain: string;
  /** Records that the disk did not take to the end; absent when it took all. */
  readonly unwritten?: number;
}

/** How a journal is kept. */
export interface JournalOptions {
  /** The chain it goes on from: for a fork, that of its base where it enters it. */
  readonly after?: string;
  /** Bytes that may wait for a disk that takes nothing; what comes then is lost and counted. */
  readonly waitingBytesMax?: number;
  readonly disk?: Disk;
}

/** Whether the blob that a line names is where it shall be. */
export interface Receipt {
  readonly settled: boolean;
}

interface Waiting {
  readonly text: string;
  readonly segment: number;
  readonly records: 0 | 1;
  readonly receipt: Receipt | undefined;
}

const SEGMENT_RECORDS = 50_000;
const WAITING_BYTES_MAX = 256 * 1024 * 1024;
const FLUSH_LINES = 256;

function repeats(record: JournalRecord): boolean {
  if (record.type === 'happened') return false;
  if (record.type !== 'dropped') return true;
  return record.reason === 'brim' || record.reason === 'laps';
}

/**
 * An append-only journal, format 2: segments `000001.jsonl`, … of a header and 50,000 records,
 * each line with a chain over all before it. A disk that fails stops nothing: lines wait, in
 * order, until it takes them again.
 */
export class Journal {
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #waitingBytesMax: number;
  readonly #digest: Hash = createHash('sha256');
  #chain: string;
  #entries = 0;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #unwritten = 0;
  #segment: Segment | undefined;
  /** Segments that were written to since the last sync. */
  readonly #unsynced = new Set<string>();
  #trouble: unknown;
  #closed = false;

  constructor(folder: string, options: JournalOptions = {}) {
    this.#folder = folder;
    this.#disk = options.disk ?? systemDisk;
    this.#chain = options.after ?? EMPTY_CHAIN;
    this.#waitingBytesMax = options.waitingBytesMax ?? WAITING_BYTES_MAX;
    this.#disk.makeFolder(folder);
  }

  /** Records added so far. */
  get entries(): number {
    return this.#entries;
  }

  /** The chain of the last record, 32 hexadecimal digits. */
  get chain(): string {
    return this.#chain;
  }

  /** What the disk last said instead of taking what waits; undefined while it takes all. */
  get trouble(): unknown {
    return this.#trouble;
  }

  /** Adds a record; it reaches the file with a `flush` after its receipt is settled. */
  append(record: JournalRecord, receipt?: Receipt): void {
    const json = JSON.stringify(record);
    const segment = Math.floor(this.#entries / SEGMENT_RECORDS) + 1;
    if (this.#entries % SEGMENT_RECORDS === 0) {
      this.#wait({ text: segmentHeader(segment, this.#chain), segment, records: 0, receipt });
    }
    this.#entries++;
    if (repeats(record)) this.#digest.update(`${json}\n`);
    this.#chain = nextChain(this.#chain, json);
    this.#wait({ text: `${this.#chain} ${json}`, segment, records: 1, receipt });
    if (this.#waiting.length % FLUSH_LINES === 0) this.flush();
  }

  /** Writes what waits, up to the first line whose blob is not on disk yet. Never throws. */
  flush(): void {
    try {
      this.#segment?.push();
      while (this.#waiting.length > 0 && this.#writeStretch());
      this.#trouble = undefined;
    } catch (error) {
      this.#trouble = error;
    }
  }

  /** How far it has been written. */
  get written(): JournalMark | undefined {
    return this.#segment?.mark;
  }

  /**
   * Forces what was written onto the disk and notes in `synced.json` beside the journal how far
   * that is certain: to `mark`, up to which the blobs had been synced before.
   */
  async sync(mark: JournalMark | undefined = this.written): Promise<void> {
    const names = [...this.#unsynced];
    this.#unsynced.clear();
    if (names.length === 0 || mark === undefined) return;
    try {
      for (const name of names) await this.#disk.sync(join(this.#folder, name));
      await this.#disk.sync(this.#folder);
      const file = join(dirname(this.#folder), 'synced.json');
      await this.#disk.writeFile(`${file}.draft`, Buffer.from(JSON.stringify(mark)), false);
      await this.#disk.rename(`${file}.draft`, file);
    } catch (error) {
      for (const name of names) this.#unsynced.add(name);
      throw error;
    }
  }

  /** The sum so far. */
  sum(): JournalSum {
    const digest = this.#digest.copy().digest('hex');
    const unwritten = this.#unwritten === 0 ? {} : { unwritten: this.#unwritten };
    return { entries: this.#entries, digest, chain: this.#chain, ...unwritten };
  }

  /** Writes what waits and closes the segment; what the disk does not take is counted. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.flush();
    for (const { records } of this.#waiting.splice(0)) this.#unwritten += records;
    try {
      this.#unwritten += this.#segment?.close() ?? 0;
    } catch (error) {
      this.#trouble = error;
    }
  }

  #wait(line: Waiting): void {
    if (this.#unwritten > 0 || this.#waitingBytes > this.#waitingBytesMax) {
      this.#unwritten += line.records;
      return;
    }
    this.#waiting.push(line);
    this.#waitingBytes += line.text.length;
  }

  /** Writes what is ready and belongs into one segment; false when the next line must wait. */
  #writeStretch(): boolean {
    const segment = (this.#waiting[0] as Waiting).segment;
    const end = this.#waiting.findIndex(
      (line) => line.segment !== segment || line.receipt?.settled === false,
    );
    const stretch = this.#waiting.slice(0, end === -1 ? undefined : end);
    if (stretch.length === 0) return false;
    const file = this.#segmentFor(segment);
    const lines = stretch.map(({ text }) => text);
    this.#waiting = this.#waiting.slice(stretch.length);
    this.#waitingBytes -= lines.reduce((sum, line) => sum + line.length, 0);
    this.#unsynced.add(file.name);
    file.write(lines);
    return true;
  }

  #segmentFor(number: number): Segment {
    if (this.#segment?.number === number) return this.#segment;
    const next = new Segment(this.#folder, number, this.#disk);
    this.#segment?.close();
    this.#segment = next;
    return next;
  }
}
