import { type Random, seededRandom } from '../core/index.js';

/** A confidence band about a measured value, in its unit. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/** How a band is drawn; all have defaults. */
export interface BootstrapOptions {
  /** Seed of the draws; 1 by default, so that a curve is the same every time. */
  readonly seed?: number;
  /** How often the sample is drawn again; 200 by default. */
  readonly resamples?: number;
  /** Share of the draws inside the band; 0.95 by default. */
  readonly level?: number;
  /** The least and the most that the measure can be. */
  readonly range?: readonly [least: number, most: number];
}

/**
 * The bootstrap band (Efron 1979) of a statistic of `count` independent things: it is taken again
 * of lists of their indices drawn with replacement, and the band is the measured value plus what
 * the draws lie off their median. Centred so because drawing some things twice itself lowers ranks
 * and raises distances. Undefined under two things; draws without a value are passed over.
 */
export function bootstrapBand(
  count: number,
  statistic: (indices: readonly number[]) => number | undefined,
  options: BootstrapOptions = {},
): Band | undefined {
  const { seed = 1, resamples = 200, level = 0.95, range = [-Infinity, Infinity] } = options;
  const value = statistic(Array.from({ length: count }, (_, i) => i));
  if (count < 2 || value === undefined) return undefined;
  const random = seededRandom(seed, 'bootstrap');
  const drawn: number[] = [];
  for (let i = 0; i < resamples; i++) {
    const again = statistic(drawOf(count, count, random));
    if (again !== undefined) drawn.push(again);
  }
  if (drawn.length === 0) return undefined;
  drawn.sort((a, b) => a - b);
  const middle = sortedQuantile(drawn, 0.5);
  const within = (x: number): number => Math.min(range[1], Math.max(range[0], x));
  const edge = (share: number): number => within(value + sortedQuantile(drawn, share) - middle);
  return { low: edge((1 - level) / 2), high: edge((1 + level) / 2) };
}

/** So many of `count` indices, drawn with replacement. */
export function drawOf(count: number, many: number, random: Random): readonly number[] {
  return Array.from({ length: many }, () => random.below(count));
}

/** The value below which a share of ascending values lies, between neighbours in proportion. */
export function sortedQuantile(ascending: readonly number[], share: number): number {
  const at = share * (ascending.length - 1);
  const below = ascending[Math.floor(at)]!;
  return below + (at - Math.floor(at)) * (ascending[Math.ceil(at)]! - below);
}
