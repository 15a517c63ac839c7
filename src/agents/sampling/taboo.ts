import { type Unit, overlap } from './segment.js';

/**
 * What a forbidden unit costs: far more than any distance, so it is taken only where all are
 * forbidden.
 */
const FORBIDDEN = 1e6;

/**
 * The anti-repetition memory: what was played lately is not played again, unless there is nothing
 * else.
 */
export class Taboo {
  /** How many matches it lasts. */
  readonly room: number;
  #recent: Unit[] = [];

  constructor(room: number) {
    this.room = room;
  }

  /** How many units are remembered. */
  get size(): number {
    return this.#recent.length;
  }

  /**
   * 0 for a free unit; for one that shares sound with a recent one a great cost, less the longer
   * ago it was.
   */
  penalty(unit: Unit): number {
    for (let i = this.#recent.length - 1; i >= 0; i--) {
      if (!overlap(unit, this.#recent[i]!)) continue;
      const matchesAgo = this.#recent.length - i;
      return FORBIDDEN * (2 - matchesAgo / (this.room + 1));
    }
    return 0;
  }

  /** The units remembered, the oldest first. */
  get recent(): readonly Unit[] {
    return this.#recent;
  }

  /** Remembers these instead. */
  recall(units: readonly Unit[]): void {
    this.#recent = [...units];
  }

  use(unit: Unit): void {
    if (this.room === 0) return;
    this.#recent.push(unit);
    if (this.#recent.length > this.room) this.#recent.shift();
  }
}
