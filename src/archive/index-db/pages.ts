import type { Database } from './sqlite.js';

/** Envelopes of one page. */
export const PAGE_ENVELOPES = 4096;

/** Numbers of one envelope in a page's facts: time, length, port, count, lap, models. */
export const FACTS = 6;

/** Numbers of one link in a page: child, parent (−1 for one that is missing), lap as heard. */
export const LINK = 3;

/** Envelopes as arrays: `facts` holds FACTS numbers of each, `links` LINK numbers of each link. */
export interface Packed {
  readonly facts: Float64Array;
  readonly links: Int32Array;
}

/** Everything packed so far, in the order of the journal. */
export function readPages(database: Database, fromPage = 0): Packed {
  const sql = 'SELECT facts, links FROM pages WHERE page >= ? ORDER BY page';
  const rows = database.prepare(sql).all(fromPage) as { facts: Uint8Array; links: Uint8Array }[];
  const facts = new Uint8Array(rows.reduce((sum, row) => sum + row.facts.length, 0));
  const links = new Uint8Array(rows.reduce((sum, row) => sum + row.links.length, 0));
  let [factsAt, linksAt] = [0, 0];
  for (const row of rows) {
    facts.set(row.facts, factsAt);
    links.set(row.links, linksAt);
    factsAt += row.facts.length;
    linksAt += row.links.length;
  }
  return { facts: new Float64Array(facts.buffer), links: new Int32Array(links.buffer) };
}

/** The page that is being filled; a full one is written and the next begun. */
export class PageWriter {
  readonly #database: Database;
  #page: number;
  #facts: number[];
  #links: number[];

  /** Goes on behind `size` envelopes. */
  constructor(database: Database, size: number) {
    this.#database = database;
    this.#page = Math.floor(size / PAGE_ENVELOPES);
    const { facts, links } = readPages(database, this.#page);
    this.#facts = [...facts];
    this.#links = [...links];
  }

  /** Adds an envelope's facts and links. */
  add(facts: readonly number[], links: readonly number[]): void {
    this.#facts.push(...facts);
    this.#links.push(...links);
    if (this.#facts.length < PAGE_ENVELOPES * FACTS) return;
    this.write();
    this.#page++;
    this.#facts = [];
    this.#links = [];
  }

  /** Writes the page as far as it is filled. */
  write(): void {
    if (this.#facts.length === 0) return;
    const facts = new Uint8Array(Float64Array.from(this.#facts).buffer);
    const links = new Uint8Array(Int32Array.from(this.#links).buffer);
    this.#database
      .prepare('INSERT OR REPLACE INTO pages VALUES (?, ?, ?)')
      .run(this.#page, facts, links);
  }
}
