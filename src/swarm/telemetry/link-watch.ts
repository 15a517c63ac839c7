import type { Samples } from '../../core/index.js';
import { Latest, type LinkState, quantile } from '../../telemetry/index.js';
import type { Line } from '../line.js';
import { rounded } from './level.js';

/** Deliveries whose delays are remembered. */
const DELAYS_REMEMBERED = 64;

/** Watches one link. */
export class LinkWatch {
  readonly line: Line;
  readonly #delays = new Latest<number>(DELAYS_REMEMBERED);
  #p95: number | undefined = 0;
  bytes = 0;

  constructor(line: Line) {
    this.line = line;
  }

  /** Notes how long a message took from being said to being taken. */
  taken(delaySeconds: number): void {
    this.#delays.add(delaySeconds);
    this.#p95 = undefined;
  }

  /** Where it stands. */
  state(sampleRate: number, paused: boolean, now: Samples): LinkState {
    const { index, counts, schedule } = this.line;
    const { gain, delaySamples } = schedule.at(now);
    this.#p95 ??= rounded(quantile(this.#delays.list(), 0.95));
    return {
      index,
      ...counts,
      bytes: this.bytes,
      delayP95Seconds: this.#p95,
      gain,
      delaySeconds: delaySamples / sampleRate,
      paused,
    };
  }
}
