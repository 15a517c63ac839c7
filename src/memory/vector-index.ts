/** One row near a query. */
export interface Neighbour {
  /** The number of the row, counted from 0 in the order of adding. */
  readonly key: number;
  /** Squared Euclidean distance, summed in float64. */
  readonly distance: number;
}

/**
 * How an index searches: by a plain scan, or by FAISS. Both give the same neighbours, bit for bit.
 */
export type IndexKind = 'exact' | 'faiss';

/**
 * A growing set of rows of float32, searched for the nearest ones. Rows are flat: `dimensions`
 * values each.
 */
export interface VectorIndex {
  readonly kind: IndexKind;
  readonly dimensions: number;
  readonly size: number;
  /** Adds rows; throws a RangeError when they are ragged or hold a value that is not finite. */
  add(rows: Float32Array): void;
  /**
   * The `count` nearest rows of each query (all of them when there are fewer), nearest first and
   * the lowest key first among equals. Throws a RangeError for ragged or unfinite queries.
   */
  nearest(queries: Float32Array, count: number): Neighbour[][];
}

/** The number of rows in a flat array; throws a RangeError when they are ragged or unfinite. */
export function rowsIn(flat: Float32Array, dimensions: number): number {
  if (flat.length % dimensions !== 0) {
    throw new RangeError(`${flat.length} values are not rows of ${dimensions}`);
  }
  const bad = flat.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`value ${bad} of the rows is ${flat[bad]}, not a number`);
  return flat.length / dimensions;
}
