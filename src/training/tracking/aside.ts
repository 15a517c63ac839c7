import { messageOf } from '../../core/index.js';
import type { Tracker, TrackRecord } from './tracker.js';

/** What became of the records that one tracker was to have. */
export interface TrackAccount {
  readonly sent: number;
  readonly dropped: number;
  /** Why records were dropped, or null. */
  readonly fault: string | null;
}

const QUEUE_MAX = 1000;

/**
 * Keeps a tracker beside the training, which it can neither stop nor slow: records wait in a queue
 * with a brim, what does not fit or comes after a fault is dropped and counted.
 */
export class Aside {
  readonly #tracker: Tracker;
  readonly #warn: (fault: string) => void;
  readonly #queue: TrackRecord[] = [];
  #emptied: Promise<void> = Promise.resolve();
  #isBusy = false;
  #isBroken = false;
  #sent = 0;
  #dropped = 0;
  #fault: string | null = null;

  /** `warn` is called once, with the first thing that goes wrong. */
  constructor(tracker: Tracker, warn: (fault: string) => void) {
    this.#tracker = tracker;
    this.#warn = warn;
  }

  /** What was sent and dropped so far. */
  get account(): TrackAccount {
    return { sent: this.#sent, dropped: this.#dropped, fault: this.#fault };
  }

  /** Takes a record; never throws and never waits. */
  track(record: TrackRecord): void {
    if (this.#isBroken) this.#dropped += 1;
    else if (this.#queue.length >= QUEUE_MAX) this.#overflow();
    else this.#queue.push(record);
    if (!this.#isBusy) this.#emptied = this.#empty();
  }

  /** Hands over what still waits, until `limit` is aborted; never rejects. */
  async close(limit: AbortSignal): Promise<TrackAccount> {
    await Promise.race([this.#emptied, aborted(limit)]);
    if (this.#queue.length > 0) this.#break('it was too slow to take all records');
    try {
      const closed = Promise.resolve(this.#tracker.close(limit));
      await Promise.race([closed, aborted(limit).then(unfinished)]);
    } catch (thrown) {
      this.#break(messageOf(thrown));
    }
    return this.account;
  }

  async #empty(): Promise<void> {
    this.#isBusy = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      try {
        await this.#tracker.track(next);
        this.#sent += 1;
      } catch (thrown) {
        this.#dropped += 1;
        this.#break(messageOf(thrown));
      }
    }
    this.#isBusy = false;
  }

  #overflow(): void {
    this.#dropped += 1;
    this.#fail('it is too slow, and records are dropped');
  }

  /** From here on everything is dropped. */
  #break(fault: string): void {
    this.#isBroken = true;
    this.#dropped += this.#queue.splice(0).length;
    this.#fail(fault);
  }

  #fail(fault: string): void {
    if (this.#fault !== null) return;
    this.#fault = fault;
    this.#warn(fault);
  }
}

// A tracker that heeds the limit has a better reason, and one turn to give it.
async function unfinished(): Promise<never> {
  await new Promise((resolve) => setImmediate(resolve));
  throw new Error('it did not finish in time');
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
