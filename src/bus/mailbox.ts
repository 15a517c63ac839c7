import { UserError } from '../core/index.js';
import type {
  BusMessage,
  Overflow,
  Subject,
  SubjectPattern,
  SubscribeOptions,
  Subscription,
} from './bus.js';
import type { Courier } from './courier.js';
import { Fifo } from './fifo.js';
import { checkPattern, checkWord } from './subjects.js';

/** Messages that may wait for a subscriber who names no capacity. */
export const CAPACITY_DEFAULT = 1024;

/** Hears what a subscriber threw, and the subject of the message it threw at. */
export type ErrorListener = (error: unknown, subject: Subject) => void;

/** Throws what a subscriber threw in a task of its own, where the process's own handler sees it. */
export const throwLater: ErrorListener = (error) => {
  setImmediate(() => {
    throw error;
  });
};

/** What a mailbox is made from. */
export interface MailboxParts {
  readonly pattern: SubjectPattern;
  readonly options: SubscribeOptions;
  readonly hear: (message: BusMessage) => void;
  readonly courier: Courier;
  readonly onError: ErrorListener;
  readonly onClose: (mailbox: Mailbox) => void;
}

/** Fills a place held in a mailbox; undefined gives it up, and it counts as a gap. */
export type Fill = (message: BusMessage | undefined) => void;

interface Place {
  message: BusMessage | undefined;
  state: 'ready' | 'held' | 'lost' | 'givenUp';
}

/** A subscription's own bounded queue: what waits, what was handed over and what was given up. */
export class Mailbox implements Subscription {
  readonly pattern: SubjectPattern;
  readonly queue: string | undefined;
  readonly #parts: MailboxParts;
  readonly #capacity: number;
  readonly #overflow: Overflow;
  readonly #waiting = new Fifo<Place>();
  readonly #whenEmpty: (() => void)[] = [];
  /**
   * Calls of the courier still to come: never more than wait, so that overflow cannot pile them up.
   */
  #calls = 0;
  #delivered = 0;
  #overflowed = 0;
  #gaps = 0;
  #leftBehind: number | undefined;

  constructor(parts: MailboxParts) {
    this.#parts = parts;
    this.pattern = checkPattern(parts.pattern);
    this.queue = parts.options.queue;
    if (this.queue !== undefined) checkWord(this.queue);
    this.#capacity = checkCapacity(parts.options.capacity ?? CAPACITY_DEFAULT);
    this.#overflow = parts.options.overflow ?? 'drop-oldest';
  }

  /** Takes a message in, or gives one up by the overflow rule. */
  offer(message: BusMessage): void {
    this.#take({ message, state: 'ready' });
  }

  /** Keeps a message's place in the order while its bytes are still on the way. */
  hold(): Fill {
    const place: Place = { message: undefined, state: 'held' };
    this.#take(place);
    return (message) => {
      if (place.state !== 'held') return;
      place.message = message;
      place.state = message === undefined ? 'lost' : 'ready';
      if (message === undefined) this.#gaps++;
      this.#call();
    };
  }

  /** Counts messages known to be lost on the way. */
  addGaps(count: number): void {
    this.#gaps += count;
  }

  /** Called by the courier: hands over the first message, if it is there yet. */
  deliver(): void {
    this.#calls--;
    while (this.#waiting.peek()?.state === 'lost') this.#waiting.shift();
    const message = this.#waiting.peek()?.message;
    if (message !== undefined) {
      this.#waiting.shift();
      this.#delivered++;
      this.#hand(message);
    }
    if (this.#waiting.length === 0) this.#tellEmpty();
  }

  /** After closing, `pending` stays at what was never handed over. */
  counts(): { pending: number; delivered: number; overflowed: number; gaps: number } {
    return {
      pending: this.#leftBehind ?? this.#waiting.length,
      delivered: this.#delivered,
      overflowed: this.#overflowed,
      gaps: this.#gaps,
    };
  }

  /** Resolves when nothing waits. */
  emptied(): Promise<void> {
    if (this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenEmpty.push(resolve));
  }

  async close(): Promise<void> {
    if (this.#leftBehind !== undefined) return;
    this.#leftBehind = this.#waiting.length;
    this.#waiting.clear();
    this.#tellEmpty();
    this.#parts.onClose(this);
  }

  #take(place: Place): void {
    if (this.#leftBehind !== undefined) return;
    if (this.#waiting.length >= this.#capacity) {
      if (this.#overflow === 'drop-newest') return this.#giveUp(place);
      this.#makeRoom();
    }
    this.#waiting.push(place);
    this.#call();
  }

  #makeRoom(): void {
    const kept = this.#overflow === 'keep-latest' ? 0 : this.#capacity - 1;
    while (this.#waiting.length > kept) this.#giveUp(this.#waiting.shift() as Place);
  }

  /**
   * Counted once: what was lost on the way is a gap already, and what is given up is never late.
   */
  #giveUp(place: Place): void {
    if (place.state !== 'lost') this.#overflowed++;
    place.state = 'givenUp';
    place.message = undefined;
  }

  #call(): void {
    if (this.#waiting.peek()?.state === 'held') return;
    while (this.#calls < this.#waiting.length) {
      this.#calls++;
      this.#parts.courier.call(this);
    }
  }

  #hand(message: BusMessage): void {
    try {
      this.#parts.hear(message);
    } catch (error) {
      this.#parts.onError(error, message.subject);
    }
  }

  #tellEmpty(): void {
    for (const resolve of this.#whenEmpty.splice(0)) resolve();
  }
}

function checkCapacity(capacity: number): number {
  if (Number.isSafeInteger(capacity) && capacity > 0) return capacity;
  throw new UserError({
    what: `a subscriber cannot have room for ${capacity} messages`,
    allowed: 'a whole number above 0',
  });
}
