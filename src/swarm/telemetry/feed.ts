import { lineOf } from '../../telemetry/index.js';
import type { TelemetryRecord } from '../../telemetry/index.js';
import { WatcherQueue } from './watcher-queue.js';

/** Writes text somewhere and calls back when it is out: a socket's or a stream's `write`. */
export type Write = (text: string, done: () => void) => void;

const WRITE_BYTES = 64 * 1024;

/**
 * Feeds one reader of lines. Never more than one write is under way; what comes meanwhile waits in
 * a bounded queue, so a reader that stops costs a fixed amount of memory and no time.
 */
export class Feed {
  readonly #write: Write;
  readonly #queue: WatcherQueue<string>;
  #waiter: (() => void) | undefined;
  #isBusy = false;

  constructor(write: Write, queue: WatcherQueue<string> = new WatcherQueue()) {
    this.#write = write;
    this.#queue = queue;
  }

  /** Lets a record go out, or wait, or give way. */
  offer(record: TelemetryRecord, line: string): void {
    this.#queue.offer(record, line, line.length);
    if (this.#isBusy) return;
    this.#isBusy = true;
    // All that is told in one turn of the engine goes out in one write.
    setImmediate(this.#pump);
  }

  /** Resolves when nothing waits any more; never, for a reader that has stopped. */
  drained(): Promise<void> {
    if (!this.#isBusy) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiter = resolve;
    });
  }

  readonly #pump = (): void => {
    const lines = this.#queue.take(WRITE_BYTES);
    const records = this.#queue.takeMissed();
    const gap = records === 0 ? '' : lineOf({ type: 'gap', records });
    this.#isBusy = lines.length > 0 || gap !== '';
    if (this.#isBusy) this.#write(gap + lines.join(''), this.#pump);
    else this.#waiter?.();
  };
}
