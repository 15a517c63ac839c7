import type { JournalRecord } from '../archive/index.js';
import type { Samples } from '../core/index.js';
import { type Repeating, isRepeating } from './repeating.js';

/** Everything that repeats of one moment, in the journal's order. */
export interface Instant {
  readonly time: Samples;
  readonly records: readonly Repeating[];
}

/** Groups records by their time, one moment after another. */
export class InstantReader {
  readonly #records: Iterator<Repeating>;
  #next: Repeating | undefined;

  constructor(records: Iterable<JournalRecord>, from: Samples, until: Samples) {
    this.#records = within(records, from, until);
    this.#next = this.#take();
  }

  /** When the next moment is; Infinity after the last. */
  get time(): Samples {
    return this.#next?.time ?? Number.POSITIVE_INFINITY;
  }

  /** The next moment. */
  read(): Instant {
    const { time } = this;
    const records: Repeating[] = [];
    while (this.#next !== undefined && this.#next.time <= time) {
      records.push(this.#next);
      this.#next = this.#take();
    }
    return { time, records };
  }

  #take(): Repeating | undefined {
    const { done, value } = this.#records.next();
    return done === true ? undefined : value;
  }
}

function* within(
  records: Iterable<JournalRecord>,
  from: Samples,
  until: Samples,
): Generator<Repeating, undefined> {
  for (const record of records) {
    if (record.time >= from && record.time < until && isRepeating(record)) yield record;
  }
  return undefined;
}
