import { type Band, type BootstrapOptions, bootstrapBand } from '../measures/index.js';

/** What a measure says of a group: a value in its unit, or why it has none. */
export type Estimate =
  | {
      readonly value: number;
      /** The band of 95 %; absent for fewer than five things to draw from. */
      readonly low?: number;
      readonly high?: number;
      /** Distances only: what chance alone gives, at most, in 95 % of draws from the reference. */
      readonly chance?: number;
    }
  | { readonly undefinedBecause: string };

/** Draws from fewer things than this are too alike to say how far chance goes. */
export const DRAWN_MIN = 5;

/** No value, and why. */
export function unknown(why: string): Estimate {
  return { undefinedBecause: why };
}

/** A statistic of some things with its bootstrap band; `why` says why there might be none. */
export function estimated<T>(
  things: readonly T[],
  statistic: (drawn: readonly T[]) => number | undefined,
  { why, ...options }: BootstrapOptions & { readonly why: string },
): Estimate {
  const value = things.length === 0 ? undefined : statistic(things);
  if (value === undefined) return unknown(why);
  if (things.length < DRAWN_MIN) return { value };
  const of = (indices: readonly number[]): number | undefined =>
    statistic(indices.map((i) => things[i] as T));
  const band: Band | undefined = bootstrapBand(things.length, of, options);
  return { value, ...band };
}
