import type { PortRef, Samples } from '../core/index.js';

/**
 * What a link gives up when it is full: `oldest` keeps the oldest, `newest` the newest, `latest`
 * only the last.
 */
export type Keep = 'oldest' | 'newest' | 'latest';

/**
 * One arrow of a scenario, checked. `->` feeds at the same instant; `~>` returns after its delay,
 * one lap older.
 */
export interface Link {
  readonly from: PortRef;
  readonly to: PortRef;
  readonly way: 'feeds' | 'returns';
  /** Greater than 0 for a returning link, 0 for a feeding one. */
  readonly delaySamples: Samples;
  /** Linear gain for audio and control; 1 leaves a signal as it is. */
  readonly gain: number;
  /** Lets only every n-th message through. */
  readonly every: number;
  /** Chance of each message to pass, 0 to 1, from the seed. */
  readonly probability: number;
  /** Messages that would be older than this do not return. */
  readonly laps: number;
  readonly keep: Keep;
}
