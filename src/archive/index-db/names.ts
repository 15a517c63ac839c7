import type { Database, Statement } from './sqlite.js';

/** Texts that recur, numbered from 0 in the order they were met, in a table of their own. */
export class Names {
  readonly #numbers = new Map<string, number>();
  readonly #insert: (number: number, name: string, more: readonly string[]) => void;

  constructor(
    database: Database,
    table: 'ports' | 'models' | 'segments' | 'files',
    column: string,
  ) {
    const rows = database.prepare(`SELECT ${column} AS name FROM ${table} ORDER BY rowid`).all();
    for (const { name } of rows as { name: string }[]) this.#numbers.set(name, this.#numbers.size);
    const marks = table === 'ports' ? '?, ?, ?' : '?, ?';
    const into: Statement = database.prepare(`INSERT INTO ${table} VALUES (${marks})`);
    this.#insert = (number, name, more): void => void into.run(number, name, ...more);
  }

  /** The number of a text, given now if it is new; `more` are its other columns. */
  numberOf(name: string, ...more: readonly string[]): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(name, number);
    this.#insert(number, name, more);
    return number;
  }
}
