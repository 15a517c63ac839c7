import type { AlertWord } from '../life.js';
import type { Finding } from './finding.js';

/** Troubles that are remembered at once for one word. */
const TROUBLES_MAX = 256;

/** How often it happened, since when, and the reason given last. */
export interface Trouble {
  readonly since: number;
  readonly last: number;
  readonly says: string;
  readonly times: number;
}

/**
 * Troubles that are reported as they happen, by subject: an agent that died, a link that
 * dropped. Each lasts until it is said to be over, or until so many seconds without another.
 */
export class Troubles {
  readonly #describe: (subject: string, trouble: Trouble) => Described;
  readonly #word: AlertWord;
  readonly #lastsSeconds: number;
  readonly #present = new Map<string, Trouble>();

  constructor(
    word: AlertWord,
    describe: (subject: string, trouble: Trouble) => Described,
    lastsSeconds: number = Number.POSITIVE_INFINITY,
  ) {
    this.#word = word;
    this.#describe = describe;
    this.#lastsSeconds = lastsSeconds;
  }

  /** Notes that it happened, with the reason given. */
  happened(subject: string, says: string, nowSeconds: number): void {
    const before = this.#present.get(subject);
    if (before === undefined && this.#present.size >= TROUBLES_MAX) return;
    const since = before?.since ?? nowSeconds;
    const times = (before?.times ?? 0) + 1;
    this.#present.set(subject, { since, last: nowSeconds, says, times });
  }

  /** Notes that it is over. */
  over(subject: string): void {
    this.#present.delete(subject);
  }

  /** What holds now. */
  findings(nowSeconds: number): Finding[] {
    for (const [subject, { last }] of this.#present) {
      if (nowSeconds - last > this.#lastsSeconds) this.#present.delete(subject);
    }
    return [...this.#present].map(([subject, trouble]) => {
      const { since } = trouble;
      return { word: this.#word, subject, since, ...this.#describe(subject, trouble) };
    });
  }
}

/** An alert's words. */
export type Described = Pick<Finding, 'level' | 'says' | 'try'>;
