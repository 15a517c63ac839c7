import type { JournalRecord } from '../archive/index.js';
import type { AgentId, Samples } from '../core/index.js';
import { type Difference, differenceOf } from './difference.js';
import { type Instant, InstantReader } from './instants.js';
import { type Repeating, agentOf, fieldsApart, isRepeating, nameOf } from './repeating.js';

/** One record of one run beside the same of another; one of them may be absent. */
export interface Pair {
  readonly original: Repeating | undefined;
  readonly other: Repeating | undefined;
  readonly equal: boolean;
}

/** How one agent fared: records that both runs have alike, and those they have not. */
export interface Spread {
  equal: number;
  changed: number;
  missing: number;
  extra: number;
  /** Time of its first difference, in samples; absent while there is none. */
  firstTime?: Samples;
}

/** From where and until when two journals are compared, and who hears every pair. */
export interface LockstepOptions {
  readonly from?: Samples;
  readonly until?: Samples;
  /** The original was cut off: what the other has after its end is no difference. */
  readonly cutOff?: boolean;
  readonly onPair?: (pair: Pair) => void;
  readonly onDifference?: (difference: Difference) => void;
}

/**
 * Compares a journal with one that is being written, a moment of logical time at a time, so that
 * it holds no more than one moment of each.
 */
export class Lockstep {
  readonly #original: InstantReader;
  readonly #options: LockstepOptions;
  readonly #from: Samples;
  readonly #until: Samples;
  readonly spread = new Map<AgentId, Spread>();
  #waiting: Repeating[] = [];
  #first: Difference | undefined;
  #records = 0;

  constructor(original: Iterable<JournalRecord>, options: LockstepOptions = {}) {
    const { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = options;
    this.#options = options;
    this.#from = from;
    this.#until = until;
    this.#original = new InstantReader(original, from, until);
  }

  /** The first difference; absent while the runs are alike. */
  get first(): Difference | undefined {
    return this.#first;
  }

  /** Pairs compared so far. */
  get compared(): number {
    return this.#records;
  }

  /** Hears the other run's next record, in its journal's order. */
  hear(record: JournalRecord): void {
    if (!isRepeating(record) || record.time < this.#from || record.time >= this.#until) return;
    const [waiting] = this.#waiting;
    if (waiting !== undefined && record.time > waiting.time) this.#settle();
    this.#waiting.push(record);
  }

  /** The other run is over; `ended` says that it was stopped before its time. */
  end(ended: Samples = Number.POSITIVE_INFINITY): void {
    this.#settle();
    while (this.#original.time < ended) this.#compare(this.#original.read(), []);
  }

  #settle(): void {
    const [first] = this.#waiting;
    if (first === undefined) return;
    const other = this.#waiting;
    this.#waiting = [];
    while (this.#original.time < first.time) this.#compare(this.#original.read(), []);
    if (this.#options.cutOff === true && !Number.isFinite(this.#original.time)) return;
    const here = this.#original.time === first.time;
    const none = { time: first.time, records: [] };
    this.#compare(here ? this.#original.read() : none, other);
  }

  #compare({ records }: Instant, other: readonly Repeating[]): void {
    const named = new Map(other.map((record) => [nameOf(record), record]));
    const pairs = records.map((original): Pair => {
      const twin = named.get(nameOf(original));
      named.delete(nameOf(original));
      const equal = twin !== undefined && fieldsApart(original, twin).length === 0;
      return { original, other: twin, equal };
    });
    const extra = [...named.values()].map(
      (record): Pair => ({ original: undefined, other: record, equal: false }),
    );
    if (this.#first === undefined) this.#seek(records, other);
    else for (const record of [...records, ...other]) this.#amend(record);
    for (const pair of [...pairs, ...extra]) this.#count(pair);
  }

  #seek(records: readonly Repeating[], other: readonly Repeating[]): void {
    for (let i = 0; i < Math.max(records.length, other.length); i++) {
      const [a, b] = [records[i], other[i]];
      if (a !== undefined && b !== undefined && nameOf(a) === nameOf(b)) {
        if (fieldsApart(a, b).length === 0) continue;
        return this.#found(differenceOf(a, b, 'changed'));
      }
      const names = new Set(other.map(nameOf));
      if (a !== undefined && !names.has(nameOf(a))) {
        return this.#found(differenceOf(a, undefined, 'missing'));
      }
      const own = new Set(records.map(nameOf));
      if (b !== undefined && !own.has(nameOf(b))) {
        return this.#found(differenceOf(undefined, b, 'extra'));
      }
      return this.#found(differenceOf(a, b, 'moved'));
    }
  }

  #found(difference: Difference): void {
    this.#first = difference;
    this.#options.onDifference?.(difference);
  }

  /** What was missing or new may come at another time in the other run. */
  #amend(record: Repeating): void {
    const first = this.#first as Difference;
    if (first.how !== 'missing' && first.how !== 'extra') return;
    if (record.type !== first.type || nameOf(record) !== first.id) return;
    if (record.time !== first.time) this.#first = { elsewhere: record.time, ...first };
  }

  #count(pair: Pair): void {
    const { original, other, equal } = pair;
    const record = (original ?? other) as Repeating;
    this.#records++;
    const agent = agentOf(record);
    const spread = this.spread.get(agent) ?? { equal: 0, changed: 0, missing: 0, extra: 0 };
    this.spread.set(agent, spread);
    if (equal) spread.equal++;
    else if (original === undefined) spread.extra++;
    else if (other === undefined) spread.missing++;
    else spread.changed++;
    if (!equal) spread.firstTime ??= record.time;
    this.#options.onPair?.(pair);
  }
}
