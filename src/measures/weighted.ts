/** A mean and how far the values lie from it, both in their unit. */
export interface Spread {
  readonly mean: number;
  /** Root mean square distance from the mean. */
  readonly deviation: number;
}

/**
 * Mean and deviation of values that count by their weights, such as a sound's spectral centroid
 * frame by frame, weighed by power so that silence says nothing. Undefined where all weights are 0;
 * a RangeError where there are not as many weights as values.
 */
export function weightedSpread(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
): Spread | undefined {
  if (values.length !== weights.length) {
    throw new RangeError(`${weights.length} weights for ${values.length} values`);
  }
  let [total, sum, squares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    total += weights[i]!;
    sum += weights[i]! * values[i]!;
  }
  if (total === 0) return undefined;
  const mean = sum / total;
  for (let i = 0; i < values.length; i++) squares += weights[i]! * (values[i]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / total) };
}
