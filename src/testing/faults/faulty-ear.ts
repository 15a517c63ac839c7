import {
  type BusMessage,
  type Subject,
  type SubjectPattern,
  type Subscription,
  copyBody,
  matches,
  parseSubject,
} from '../../bus/index.js';
import { type BusFaults, type Fate, fateOf } from './fate.js';
import type { IdleTurns } from './idle-turns.js';

/** What a subscription on a faulty bus is made of. */
export interface FaultyEarParts {
  readonly pattern: SubjectPattern;
  /** Which of the subscriptions with this pattern it is, from 0. */
  readonly ordinal: number;
  readonly faults: BusFaults;
  readonly turns: IdleTurns;
  readonly hear: (message: BusMessage) => void;
}

/** A subscription that mishears: drops, doubles, delays and reorders what comes to it. */
export class FaultyEar implements Subscription {
  readonly pattern: SubjectPattern;
  readonly did = { dropped: 0, duplicated: 0, delayed: 0, reordered: 0 };
  readonly #parts: FaultyEarParts;
  /** Per subject, the turn at which the last message in order arrives. */
  readonly #lastDue = new Map<Subject, number>();
  readonly #late = new Set<() => void>();
  #inner: Subscription | undefined;
  #isClosed = false;
  #heard = 0;
  isCut = false;

  constructor(parts: FaultyEarParts) {
    this.#parts = parts;
    this.pattern = parts.pattern;
  }

  /** Whether nothing is on its way to it but what it holds back itself. */
  get isIdle(): boolean {
    return this.#isClosed || (this.#inner?.counts().pending ?? 0) === 0;
  }

  get isHoldingBack(): boolean {
    return this.#late.size > 0;
  }

  /** Names the subscription whose messages it takes. */
  on(inner: Subscription): this {
    this.#inner = inner;
    return this;
  }

  /** Does to a message what its fate wants. */
  take(message: BusMessage): void {
    const { subject, sequence } = message;
    const { faults, ordinal, turns } = this.#parts;
    const drawn = (): Fate =>
      fateOf(faults, nameOf(this.pattern), `${ordinal}`, nameOf(subject), `${sequence}`);
    const fate = faults.fate?.(message) ?? drawn();
    const suffers = faults.subjects === undefined || matches(faults.subjects, subject);
    if (this.isCut || (suffers && fate.dropped)) {
      this.did.dropped++;
      return;
    }
    if (!suffers) return this.#deliver(message, this.#dueInOrder(subject, 0));
    const [late = 0, second] = fate.lateTurns;
    if (fate.reordered) this.did.reordered++;
    else if (late > 0) this.did.delayed++;
    const due = fate.reordered ? turns.now + late : this.#dueInOrder(subject, late);
    this.#deliver(message, due);
    if (second === undefined) return;
    this.did.duplicated++;
    this.#deliver({ ...message, body: copyBody(message.body) }, due - late + second);
  }

  counts(): { pending: number; delivered: number; overflowed: number; gaps: number } {
    const inner = this.#inner?.counts() ?? { pending: 0, overflowed: 0, gaps: 0 };
    return {
      pending: inner.pending + this.#late.size,
      delivered: this.#heard,
      overflowed: inner.overflowed,
      gaps: inner.gaps + this.did.dropped,
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const callOff of this.#late) callOff();
    this.#late.clear();
    await this.#inner?.close();
  }

  #dueInOrder(subject: Subject, late: number): number {
    const due = Math.max(this.#parts.turns.now + late, this.#lastDue.get(subject) ?? 0);
    this.#lastDue.set(subject, due);
    return due;
  }

  #deliver(message: BusMessage, due: number): void {
    const { turns, hear } = this.#parts;
    const deliver = (): void => {
      this.#heard++;
      hear(message);
    };
    if (due <= turns.now) return deliver();
    const callOff = turns.at(due, () => {
      this.#late.delete(callOff);
      deliver();
    });
    this.#late.add(callOff);
  }
}

/** A subject or pattern without its run: the same fate in every run. */
function nameOf(subject: Subject): string {
  return parseSubject(subject) === undefined ? subject : subject.split('.').slice(2).join('.');
}
