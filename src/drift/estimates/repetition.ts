import { type BootstrapOptions, cloudOf, repetitionChances } from '../../measures/index.js';
import type { DescribedSound } from '../described.js';
import { type Estimate, estimated, unknown } from '../estimate.js';
import { thinned } from '../group.js';

/** Slices nearer than this, in dB between their mel spectra, are alike. */
export const NEAR_DB = 1;
/** Slices within this time of each other are one event, in seconds. */
export const GUARD_SECONDS = 2;
/** Slices among which a like one is looked for: 10 s of sound. */
export const AMONG_SLICES = 40;

/** Sounds of a group that are compared, about 2,000 slices. */
const SOUNDS_MAX = 128;

/**
 * The chance that a slice of a group has its like among 40 other slices of the group that begin
 * more than 2 s before or after it.
 */
export function repetitionEstimate(
  all: readonly DescribedSound[],
  options: BootstrapOptions,
): Estimate {
  const sounds = thinned(all, SOUNDS_MAX);
  const why = 'there is too little sound apart in time (under 10 s)';
  if (sounds.length === 0) return unknown(why);
  const rows = sounds.flatMap(({ slices: { rows: count, columns, data } }) =>
    Array.from({ length: count }, (_, i) => data.subarray(i * columns, (i + 1) * columns)),
  );
  // Whole milliseconds: what repeats after exactly the guard must not hang on rounding.
  const times = sounds.flatMap(({ seconds, offsets }) =>
    offsets.map((offset) => Math.round(1000 * (seconds + offset))),
  );
  const chances = repetitionChances(cloudOf(rows), times, {
    near: NEAR_DB,
    guard: 1000 * GUARD_SECONDS,
    among: AMONG_SLICES,
  });
  let at = 0;
  const shares = sounds.map(({ offsets }) => {
    const own = chances.slice(at, (at += offsets.length)).filter((one) => one !== undefined);
    return { sum: own.reduce((sum, x) => sum + x, 0), count: own.length };
  });
  return estimated(shares, pooled, { ...options, why, range: [0, 1] });
}

function pooled(shares: readonly { sum: number; count: number }[]): number | undefined {
  const count = shares.reduce((all, share) => all + share.count, 0);
  return count === 0 ? undefined : shares.reduce((all, { sum }) => all + sum, 0) / count;
}
