import type { Database } from './sqlite.js';

/** Envelopes of one page. */
export const PAGE_ENVELOPES = 4096;

/** Numbers of one envelope in a page's facts: time, length, port, count, lap, models. */
export const FACTS = 6;

/** Numbers of one link in a page: child, parent (−1 for one that is missing), lap as heard. */
export const LINK = 3;

/** Numbers of one origin in a page: envelope, file, sample. */
export const ORIGIN = 3;

/** Envelopes as arrays: FACTS numbers of each, LINK of each link, ORIGIN of each origin. */
export interface Packed {
  readonly facts: Float64Array;
  readonly links: Int32Array;
  readonly origins: Float64Array;
}

type Row = Readonly<Record<keyof Packed, Uint8Array>>;

/** Everything packed so far, in the order of the journal. */
export function readPages(database: Database, fromPage = 0): Packed {
  const sql = 'SELECT facts, links, origins FROM pages WHERE page >= ? ORDER BY page';
  const rows = database.prepare(sql).all(fromPage) as Row[];
  const joined = (column: keyof Packed): ArrayBuffer => {
    const bytes = new Uint8Array(rows.reduce((sum, row) => sum + row[column].length, 0));
    let at = 0;
    for (const row of rows) {
      bytes.set(row[column], at);
      at += row[column].length;
    }
    return bytes.buffer;
  };
  return {
    facts: new Float64Array(joined('facts')),
    links: new Int32Array(joined('links')),
    origins: new Float64Array(joined('origins')),
  };
}

/** The page that is being filled; a full one is written and the next begun. */
export class PageWriter {
  readonly #database: Database;
  #page: number;
  #facts: number[];
  #links: number[];
  #origins: number[];

  /** Goes on behind `size` envelopes. */
  constructor(database: Database, size: number) {
    this.#database = database;
    this.#page = Math.floor(size / PAGE_ENVELOPES);
    const { facts, links, origins } = readPages(database, this.#page);
    this.#facts = [...facts];
    this.#links = [...links];
    this.#origins = [...origins];
  }

  /** Adds an envelope's facts, links and origins. */
  add(facts: readonly number[], links: readonly number[], origins: readonly number[]): void {
    this.#facts.push(...facts);
    this.#links.push(...links);
    this.#origins.push(...origins);
    if (this.#facts.length < PAGE_ENVELOPES * FACTS) return;
    this.write();
    this.#page++;
    this.#facts = [];
    this.#links = [];
    this.#origins = [];
  }

  /** Writes the page as far as it is filled. */
  write(): void {
    if (this.#facts.length === 0) return;
    const facts = new Uint8Array(Float64Array.from(this.#facts).buffer);
    const links = new Uint8Array(Int32Array.from(this.#links).buffer);
    const origins = new Uint8Array(Float64Array.from(this.#origins).buffer);
    this.#database
      .prepare('INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)')
      .run(this.#page, facts, links, origins);
  }
}
