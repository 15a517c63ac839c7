import { join } from 'node:path';
import { type ModelRef, type Origin, UserError, messageOf } from '../../core/index.js';
import type { SaidRecord } from '../canonical.js';
import type { ControlRecord, DroppedRecord } from '../journal.js';
import type { RunArchive } from '../open-run.js';
import { Family } from './family.js';
import { parseLine } from './journal-lines.js';
import { readPages } from './pages.js';
import { SegmentReader } from './segment-reader.js';
import type { Database, Statement } from './sqlite.js';

/** A port that something was said from. */
export interface IndexedPort {
  readonly agent: string;
  readonly port: string;
  readonly carries: string;
}

/**
 * The journal of a run, indexed: whatever is asked of it is answered without reading the journal.
 * Close it when done.
 */
export class RunIndex {
  readonly run: RunArchive;
  /** Why the index is not kept in the run's folder; undefined when it is. */
  readonly unkept: string | undefined;
  /** Records that had to be read from the journal when this was opened. */
  readonly added: number;
  readonly #database: Database;
  readonly #segments = new SegmentReader();
  readonly #statements = new Map<string, Statement>();
  #family: Family | undefined;
  #files: readonly string[] | undefined;
  #ports: readonly IndexedPort[] | undefined;
  #models: readonly (readonly ModelRef[])[] | undefined;

  constructor(
    database: Database,
    run: RunArchive,
    how: { readonly added: number; readonly unkept?: string | undefined },
  ) {
    this.#database = database;
    this.run = run;
    this.added = how.added;
    this.unkept = how.unkept;
  }

  /** Rows of envelopes. */
  get rows(): number {
    return (this.#all<{ n: number | null }>('SELECT max(n) AS n FROM envelopes')[0]?.n ?? -1) + 1;
  }

  /** Who descends from whom. */
  get family(): Family {
    this.#family ??= new Family(readPages(this.#database));
    return this.#family;
  }

  /** The number of the envelope with an id; undefined when nobody said it. */
  find(id: string): number | undefined {
    const [row] = this.#all<{ n: number }>('SELECT n FROM envelopes WHERE id = ?', id);
    return row?.n;
  }

  /** The id of an envelope. */
  id(n: number): string {
    return `${this.port(n).agent}.${this.family.count(n)}`;
  }

  /** Where an envelope was said. */
  port(n: number): IndexedPort {
    this.#ports ??= this.#all<{ name: string; carries: string }>(
      'SELECT name, carries FROM ports ORDER BY port',
    ).map(({ name, carries }) => {
      const dot = name.lastIndexOf('.');
      return { agent: name.slice(0, dot), port: name.slice(dot + 1), carries };
    });
    return this.#ports[this.family.port(n)] as IndexedPort;
  }

  /** The models that computed an envelope. */
  models(n: number): readonly ModelRef[] {
    this.#models ??= this.#all<{ list: string }>('SELECT list FROM models ORDER BY models').map(
      ({ list }) => (JSON.parse(list) as [string, string][]).map(([run, hash]) => ({ run, hash })),
    );
    return this.#models[this.family.models(n)] ?? [];
  }

  /** The recordings that an envelope came from. */
  origins(n: number): readonly Origin[] {
    return this.family.origins(n).map(({ file, sample }) => ({ file: this.file(file), sample }));
  }

  /** The recording of a number. */
  file(number: number): string {
    this.#files ??= this.#all<{ name: string }>('SELECT name FROM files ORDER BY file').map(
      ({ name }) => name,
    );
    return this.#files[number] as string;
  }

  /** The hash of what an envelope carried; undefined for what has no numbers. */
  hash(n: number): string | undefined {
    const [row] = this.#all<{ hash: string | null }>('SELECT hash FROM envelopes WHERE n = ?', n);
    return row?.hash ?? undefined;
  }

  /** Ids that an envelope names as parents and nobody said, in order. */
  missing(n: number): readonly string[] {
    const rows = this.#all<{ id: string }>('SELECT id FROM missing WHERE child = ?', n);
    return rows.map(({ id }) => id);
  }

  /** Every control, in the order of the journal. */
  controls(): readonly ControlRecord[] {
    const rows = this.#all<{ time: number; id: number; control: string }>(
      'SELECT time, id, control FROM controls ORDER BY rowid',
    );
    return rows.map(({ time, id, control }) => {
      return {
        type: 'control',
        time,
        id,
        control: JSON.parse(control) as ControlRecord['control'],
      };
    });
  }

  /** Where an envelope did not arrive. */
  drops(id: string): readonly Omit<DroppedRecord, 'type'>[] {
    return this.#all('SELECT id, time, link, reason FROM drops WHERE id = ?', id);
  }

  /** How many there are of each thing that a journal tells. */
  counts(): Readonly<Record<IndexedTable, number>> {
    const of = (table: string): number =>
      this.#all<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)[0]?.n ?? 0;
    return Object.fromEntries(TABLES.map((table) => [table, of(table)])) as Record<
      IndexedTable,
      number
    >;
  }

  /** The whole record, read from the journal at its place. */
  record(n: number): SaidRecord {
    const sql = `SELECT id, path, offset, length FROM envelopes
      JOIN segments USING (segment) WHERE n = ?`;
    type Row = { id: string; path: string; offset: number; length: number };
    const { id, path, offset, length } = this.#all<Row>(sql, n)[0] as Row;
    const file = join(this.run.folder, path);
    const record = parseLine(this.#segments.read(file, offset, length).toString('utf8'));
    if (typeof record === 'object' && record.type === 'said' && record.id === id) return record;
    const hint = `demiurge archive rebuild ${this.run.folder}`;
    throw new UserError({ what: `the journal has changed: ${id} is not where it was`, hint });
  }

  /** Closes the database. */
  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #all<Row>(sql: string, ...values: readonly (string | number)[]): readonly Row[] {
    try {
      const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
      this.#statements.set(sql, statement);
      return statement.all(...values) as readonly Row[];
    } catch (cause) {
      const what = `the index is damaged: ${messageOf(cause)}`;
      const hint = `demiurge archive rebuild ${this.run.folder}`;
      throw new UserError({ what, where: this.run.folder, hint, cause });
    }
  }
}

const TABLES = ['envelopes', 'drops', 'controls', 'happenings', 'checkpoints', 'missing'] as const;

/** A table whose rows `counts` counts. */
export type IndexedTable = (typeof TABLES)[number];
