import { type Hash, createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlRequest } from '../telemetry/index.js';
import type { SaidRecord } from './canonical.js';

/**
 * A message that did not arrive. Those by a brim or a lap limit repeat in every run; the others
 * do not.
 */
export interface DroppedRecord {
  readonly type: 'dropped';
  readonly id: string;
  readonly time: number;
  readonly link: string;
  readonly reason: 'brim' | 'laps' | 'crash' | 'down' | 'lost';
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
}

const SEGMENT_RECORDS = 50_000;

function repeats(record: JournalRecord): boolean {
  if (record.type === 'happened') return false;
  if (record.type !== 'dropped') return true;
  return record.reason === 'brim' || record.reason === 'laps';
}

/**
 * An append-only journal: one JSON record a line, in segments `000001.jsonl`, … of 50,000
 * records.
 */
export class Journal {
  readonly #folder: string;
  readonly #digest: Hash = createHash('sha256');
  #entries = 0;
  #file: number | undefined;
  #waiting: string[] = [];

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Records added so far. */
  get entries(): number {
    return this.#entries;
  }

  /** Adds a record; it reaches the file with the next `flush`. */
  append(record: JournalRecord): void {
    const line = `${JSON.stringify(record)}\n`;
    if (this.#entries % SEGMENT_RECORDS === 0) this.#turnPage();
    this.#entries++;
    if (repeats(record)) this.#digest.update(line);
    this.#waiting.push(line);
    if (this.#waiting.length >= 256) this.flush();
  }

  /** Writes what waits. */
  flush(): void {
    if (this.#file === undefined || this.#waiting.length === 0) return;
    writeSync(this.#file, this.#waiting.join(''));
    this.#waiting = [];
  }

  /** The sum so far. */
  sum(): JournalSum {
    return { entries: this.#entries, digest: this.#digest.copy().digest('hex') };
  }

  /** Writes what waits and closes the segment. */
  close(): void {
    this.flush();
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #turnPage(): void {
    this.close();
    const number = Math.floor(this.#entries / SEGMENT_RECORDS) + 1;
    this.#file = openSync(join(this.#folder, `${String(number).padStart(6, '0')}.jsonl`), 'a');
  }
}
