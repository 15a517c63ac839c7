import type { Samples } from '../../core/index.js';
import type { Segment } from './segment.js';

/** When material counts as debris, and how often some may be given away; in samples. */
export interface DebrisOptions {
  readonly after: Samples;
  readonly every: Samples;
}

/**
 * Keeps account of what was never matched, and gives it away once, at a bounded rate, the oldest
 * first.
 */
export class Debris {
  readonly #options: DebrisOptions;
  readonly #done = new WeakSet<Segment>();
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(options: DebrisOptions) {
    this.#options = options;
  }

  /** A segment was matched: it is no debris. */
  used(segment: Segment): void {
    this.#done.add(segment);
  }

  /** When some was last given away; −Infinity before. */
  get lastAt(): Samples {
    return this.#lastAt;
  }

  /** Whether a segment is no debris any more. */
  isDone(segment: Segment): boolean {
    return this.#done.has(segment);
  }

  /** Goes on from when some was last given away. */
  recall(lastAt: Samples): void {
    this.#lastAt = lastAt;
  }

  /**
   * The next debris: something just forgotten, or remembered for long; undefined when there is
   * none, or too soon.
   */
  next(
    forgotten: readonly Segment[],
    remembered: readonly Segment[],
    now: Samples,
  ): Segment | undefined {
    if (now - this.#lastAt < this.#options.every) return undefined;
    const loose = (segment: Segment): boolean => !segment.kept && !this.#done.has(segment);
    const old = ({ heardAt }: Segment): boolean => now - heardAt >= this.#options.after;
    const found =
      forgotten.find(loose) ?? remembered.find((segment) => loose(segment) && old(segment));
    if (found === undefined) return undefined;
    this.#done.add(found);
    this.#lastAt = now;
    return found;
  }
}
