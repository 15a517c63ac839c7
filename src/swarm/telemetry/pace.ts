import { stopwatch } from '../clock.js';

/** Lets through so many a second of wall time on average, and counts what it holds back. */
export class Pace {
  readonly #perSecond: number;
  readonly #seconds = stopwatch();
  #credit: number;
  #at = 0;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#credit = perSecond;
  }

  /** Whether one more may pass now. */
  take(): boolean {
    const now = this.#seconds();
    this.#credit = Math.min(this.#perSecond, this.#credit + (now - this.#at) * this.#perSecond);
    this.#at = now;
    if (this.#credit < 1) return false;
    this.#credit--;
    return true;
  }
}

/** Seconds of computing that may be spent at first, and the share of the time that has passed. */
const SPARE_SECONDS = 0.5;
const SHARE = 0.01;

/**
 * Keeps what is costly within one per cent of one core, after half a second of computing to begin
 * with.
 */
export class Thrift {
  readonly #wallSeconds = stopwatch();
  #spent = 0;

  /** Does the work, unless too much has been spent; undefined then. */
  afford<T>(work: () => T): T | undefined {
    if (this.#spent > SPARE_SECONDS + SHARE * this.#wallSeconds()) return undefined;
    const before = process.cpuUsage();
    const done = work();
    const { user, system } = process.cpuUsage(before);
    this.#spent += (user + system) / 1e6;
    return done;
  }
}
