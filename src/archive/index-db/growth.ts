import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunArchive } from '../open-run.js';
import { IndexWriter } from './index-writer.js';
import { type LinePlace, recordsFrom } from './journal-lines.js';
import { type Source, journalsOf } from './journals-of.js';
import { SegmentReader } from './segment-reader.js';
import type { Database } from './sqlite.js';

/** How far journals have been read: which one, and the byte after its last line. */
interface Position {
  readonly source: number;
  readonly segment: string | null;
  readonly offset: number;
  /** The last bytes before, to notice a journal that was written anew. */
  readonly tail: string;
}

const BATCH = 20_000;
const TAIL_BYTES = 96;

/** Whether the journals are still those that the index was read from. */
export function continues(database: Database, run: RunArchive): boolean {
  const { source, segment, offset, tail } = positionOf(database);
  if (segment === null) return true;
  const folder = journalsOf(run)[source]?.folder;
  if (folder === undefined || !isThere(join(folder, segment))) return false;
  return tailAt(join(folder, segment), offset) === tail;
}

/**
 * Reads what the journals hold beyond what the index knows, in transactions of 20,000 records;
 * returns how many records that were. Writes nothing when there is nothing.
 */
export function grow(database: Database, run: RunArchive): number {
  const sources = journalsOf(run);
  const position = positionOf(database);
  const reading = new Reading(database, run.record.sampleRate, position);
  try {
    for (let at = position.source; at < sources.length; at++) {
      reading.read(sources[at] as Source, at, at === position.source ? position : undefined);
    }
    return reading.added;
  } catch (error) {
    reading.undo();
    if (error !== OVERTAKEN) throw error;
    return reading.added + grow(database, run);
  }
}

/** Another process has read the same records meanwhile. */
const OVERTAKEN = new Error('overtaken');

class Reading {
  readonly #database: Database;
  readonly #writer: IndexWriter;
  #position: Position;
  #open = false;
  #waiting = 0;
  /** Records written for good. */
  added = 0;

  constructor(database: Database, sampleRate: number, position: Position) {
    this.#database = database;
    this.#writer = new IndexWriter(database, sampleRate);
    this.#position = position;
  }

  read({ folder, path, before }: Source, source: number, from: Position | undefined): void {
    const { segment = null, offset = 0 } = from ?? {};
    let last: LinePlace | undefined;
    const start = segment === null ? undefined : { segment, offset };
    for (const { record, place } of recordsFrom(folder, start)) {
      if (record.time >= before) continue;
      this.#begin();
      this.#writer.add(record, path, place);
      last = place;
      if (++this.#waiting === BATCH) this.#commit(folder, source, last);
    }
    if (this.#open && last !== undefined) this.#commit(folder, source, last);
  }

  undo(): void {
    if (this.#open) this.#database.exec('ROLLBACK');
    this.#open = false;
  }

  #begin(): void {
    if (this.#open) return;
    this.#database.exec('BEGIN IMMEDIATE');
    this.#open = true;
    const now = JSON.stringify(positionOf(this.#database));
    if (now !== JSON.stringify(this.#position)) throw OVERTAKEN;
  }

  #commit(folder: string, source: number, { segment, offset, length }: LinePlace): void {
    this.#writer.finish();
    const end = offset + length + 1;
    const tail = tailAt(join(folder, segment), end);
    this.#position = { source, segment, offset: end, tail };
    this.#database
      .prepare('UPDATE position SET source = ?, segment = ?, offset = ?, tail = ?')
      .run(source, segment, end, tail);
    this.#database.exec('COMMIT');
    this.#open = false;
    this.added += this.#waiting;
    this.#waiting = 0;
  }
}

function isThere(segment: string): boolean {
  return existsSync(segment) || existsSync(`${segment}.gz`);
}

function positionOf(database: Database): Position {
  const { source, segment, offset, tail } = database
    .prepare('SELECT * FROM position')
    .get() as unknown as Position;
  return { source, segment, offset, tail };
}

function tailAt(file: string, end: number): string {
  const start = Math.max(0, end - TAIL_BYTES);
  return new SegmentReader().read(file, start, end - start).toString('base64');
}
