import { Latest } from './latest.js';
import { median } from './quantile.js';

/** Intervals that say what is usual. */
const INTERVALS_REMEMBERED = 16;

/** A level under this is silence, in dB below full scale. */
export const SILENT_DB = -60;

/** How often one agent is heard, and when it was heard last. */
export class Activity {
  readonly #intervals = new Latest<number>(INTERVALS_REMEMBERED);
  #saidAt: number | undefined;
  #soundsUntil = 0;
  #usual: number | undefined;

  /** Notes that it said something that can be heard, at a logical time, for so long. */
  add(seconds: number, durationSeconds: number): void {
    const before = this.#saidAt;
    // What is said at one moment is one utterance.
    if (before !== undefined && seconds > before) {
      this.#intervals.add(seconds - before);
      this.#usual = median(this.#intervals.list());
    }
    this.#saidAt = seconds;
    this.#soundsUntil = Math.max(this.#soundsUntil, seconds + durationSeconds);
  }

  /** Logical seconds from one utterance to the next, the median; undefined before there are two. */
  get usualSeconds(): number | undefined {
    return this.#usual;
  }

  /** When it last said something that can be heard; undefined for what never did. */
  get saidAt(): number | undefined {
    return this.#saidAt;
  }

  /** When it ceased to be heard; undefined for what never was. */
  get heardUntil(): number | undefined {
    return this.#saidAt === undefined ? undefined : this.#soundsUntil;
  }
}
