import { UserError } from '../../core/index.js';
import type { SaidRecord } from '../canonical.js';
import type { JournalRecord } from '../journal.js';
import type { LinePlace } from './journal-lines.js';
import { lengthOf } from '../length-of.js';
import { Names } from './names.js';
import { PageWriter } from './pages.js';
import type { Database, Statement } from './sqlite.js';

const INSERTS = {
  envelope: 'INSERT INTO envelopes VALUES (?, ?, ?, ?, ?, ?)',
  missing: 'INSERT INTO missing VALUES (?, ?, ?)',
  drop: 'INSERT INTO drops VALUES (?, ?, ?, ?)',
  control: 'INSERT INTO controls VALUES (?, ?, ?)',
  happening: 'INSERT INTO happenings VALUES (?, ?, ?, ?)',
  checkpoint: 'INSERT INTO checkpoints VALUES (?, ?)',
} as const;

/** Puts records into the tables, in the order of the journal; the caller opens the transaction. */
export class IndexWriter {
  readonly #sampleRate: number;
  readonly #into: Readonly<Record<keyof typeof INSERTS, Statement>>;
  readonly #known: Statement;
  /** Numbers of envelopes by id, as far as they were met since this writer began. */
  readonly #numbers = new Map<string, number>();
  readonly #ports: Names;
  readonly #models: Names;
  readonly #files: Names;
  readonly #segments: Names;
  readonly #pages: PageWriter;
  #size: number;

  constructor(database: Database, sampleRate: number) {
    this.#sampleRate = sampleRate;
    const prepared = Object.entries(INSERTS).map(([name, sql]) => [name, database.prepare(sql)]);
    this.#into = Object.fromEntries(prepared) as Record<keyof typeof INSERTS, Statement>;
    this.#known = database.prepare('SELECT n FROM envelopes WHERE id = ?');
    this.#ports = new Names(database, 'ports', 'name');
    this.#models = new Names(database, 'models', 'list');
    this.#files = new Names(database, 'files', 'name');
    this.#segments = new Names(database, 'segments', 'path');
    const last = database.prepare('SELECT max(n) AS n FROM envelopes').get() as { n?: number };
    this.#size = (last.n ?? -1) + 1;
    this.#pages = new PageWriter(database, this.#size);
  }

  /** Envelopes so far. */
  get size(): number {
    return this.#size;
  }

  /** Adds a record; `journal` is its journal's folder, from the run's. */
  add(record: JournalRecord, journal: string, place: LinePlace): void {
    if (record.type === 'said') this.#said(record, journal, place);
    else this.#other(record);
  }

  /** Writes the page that is not full yet. */
  finish(): void {
    this.#pages.write();
  }

  #said(record: SaidRecord, journal: string, { segment, offset, length }: LinePlace): void {
    const { id, hash = null, time, lap, from, carries, models, origins = [] } = record;
    const n = this.#size++;
    const path = this.#segments.numberOf(`${journal}/${segment}`);
    if (this.#numbers.has(id)) throw twice(id);
    this.#into.envelope.run(n, id, hash, path, offset, length);
    this.#numbers.set(id, n);
    const list = models === undefined ? -1 : this.#models.numberOf(JSON.stringify(models));
    const port = this.#ports.numberOf(from, carries);
    const count = Number(id.slice(id.lastIndexOf('.') + 1));
    const facts = [time, lengthOf(record, this.#sampleRate), port, count, lap, list];
    const sources = origins.flatMap(([file, sample]) => [n, this.#files.numberOf(file), sample]);
    this.#pages.add(facts, this.#linksOf(record, n), sources);
  }

  #linksOf({ parents }: SaidRecord, child: number): readonly number[] {
    return parents.flatMap(([id, lap]) => {
      const parent = this.#numberOf(id);
      if (parent === undefined) this.#into.missing.run(child, id, lap);
      return [child, parent ?? -1, lap];
    });
  }

  #numberOf(id: string): number | undefined {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const row = this.#known.get(id) as { n: number } | undefined;
    if (row !== undefined) this.#numbers.set(id, row.n);
    return row?.n;
  }

  #other(record: Exclude<JournalRecord, SaidRecord>): void {
    const { time } = record;
    if (record.type === 'dropped') {
      this.#into.drop.run(record.id, time, record.link, record.reason);
    } else if (record.type === 'control') {
      this.#into.control.run(time, record.id, JSON.stringify(record.control));
    } else if (record.type === 'checkpoint') {
      this.#into.checkpoint.run(time, record.hash);
    } else if (record.type === 'happened') {
      const { what, agent = null, says = null } = record;
      this.#into.happening.run(time, what, agent, says);
    }
  }
}

function twice(id: string): UserError {
  const hint = 'demiurge archive verify';
  return new UserError({
    what: `the journal says ${id} twice`,
    allowed: 'one envelope an id',
    hint,
  });
}
