/**
 * A cloud of descriptor vectors, one a row, `data[row * columns + column]`; a `Matrix` of signals
 * is one.
 */
export interface Cloud {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array | Float64Array;
}

/** A cloud of vectors of one length; a RangeError where the lengths differ. */
export function cloudOf(vectors: readonly ArrayLike<number>[]): Cloud {
  const columns = vectors[0]?.length ?? 0;
  const data = new Float64Array(vectors.length * columns);
  for (const [row, vector] of vectors.entries()) {
    if (vector.length !== columns) {
      throw new RangeError(`vector ${row} has ${vector.length} numbers, the first ${columns}`);
    }
    data.set(vector, row * columns);
  }
  return { rows: vectors.length, columns, data };
}

/** The straight distance between row `a` of one cloud and row `b` of another of the same width. */
export function rowDistance(one: Cloud, a: number, other: Cloud, b: number): number {
  const [p, q] = [a * one.columns, b * other.columns];
  let sum = 0;
  for (let i = 0; i < one.columns; i++) sum += (one.data[p + i]! - other.data[q + i]!) ** 2;
  return Math.sqrt(sum);
}
