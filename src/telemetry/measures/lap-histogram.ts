import { Latest } from './latest.js';

/** Sounds remembered by a histogram of laps unless said otherwise. */
export const LAPS_REMEMBERED = 200;

/** How many of the sounds that circulated lately were of which lap. */
export class LapHistogram {
  readonly #laps: Latest<number>;
  readonly #counts = new Map<number, number>();

  constructor(remembered: number = LAPS_REMEMBERED) {
    this.#laps = new Latest(remembered);
  }

  /** Counts a sound of the given lap and forgets the oldest when there are too many. */
  add(lap: number): void {
    const forgotten = this.#laps.add(lap);
    this.#counts.set(lap, (this.#counts.get(lap) ?? 0) + 1);
    if (forgotten === undefined) return;
    const left = (this.#counts.get(forgotten) as number) - 1;
    if (left === 0) this.#counts.delete(forgotten);
    else this.#counts.set(forgotten, left);
  }

  /** `[lap, count]`, laps ascending, none with a count of 0. */
  counts(): [number, number][] {
    return [...this.#counts].sort(([a], [b]) => a - b);
  }
}
