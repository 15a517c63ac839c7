import { stopwatch } from '../clock.js';

/** Lets through so many at once, and then so many a second of wall time. */
export class Pace {
  readonly #atOnce: number;
  readonly #perSecond: number;
  readonly #seconds = stopwatch();
  #credit: number;
  #at = 0;

  constructor(atOnce: number, perSecond: number) {
    this.#atOnce = atOnce;
    this.#perSecond = perSecond;
    this.#credit = atOnce;
  }

  /** Whether one more may pass now. */
  take(): boolean {
    const now = this.#seconds();
    this.#credit = Math.min(this.#atOnce, this.#credit + (now - this.#at) * this.#perSecond);
    this.#at = now;
    if (this.#credit < 1) return false;
    this.#credit--;
    return true;
  }
}
