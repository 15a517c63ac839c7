import type { Mel } from '../../core/index.js';

/**
 * How far two log10 mels [bins, t] are apart: the mean of 20·|Δlog10 mel| over all bins and the
 * frames both have, in decibels. A RangeError for different numbers of bins.
 */
export function melDistanceDb(one: Mel, other: Mel): number {
  if (one.rows !== other.rows) throw new RangeError(`${one.rows} and ${other.rows} bins`);
  const frames = Math.min(one.columns, other.columns);
  let sum = 0;
  for (let b = 0; b < one.rows; b++) {
    const [a, c] = [b * one.columns, b * other.columns];
    for (let t = 0; t < frames; t++) sum += Math.abs(one.data[a + t]! - other.data[c + t]!);
  }
  return (20 * sum) / (one.rows * frames);
}
