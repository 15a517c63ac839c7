import type { Cloud } from './cloud.js';
import type { Gaussian } from './frechet.js';

/**
 * What a cloud amounts to for all that knows means and covariances alone; those of several clouds
 * add up, so that clouds are drawn again and again without touching a vector.
 */
export interface Moments {
  /** Vectors counted. */
  readonly count: number;
  /** Σ x, [d]. */
  readonly sum: Float64Array;
  /** Σ x·xᵀ, [d, d], row by row. */
  readonly products: Float64Array;
}

/** The moments of a cloud. */
export function momentsOf({ rows, columns, data }: Cloud): Moments {
  const sum = new Float64Array(columns);
  const products = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    for (let i = 0; i < columns; i++) {
      const x = data[at + i]!;
      sum[i]! += x;
      for (let j = 0; j < columns; j++) products[i * columns + j]! += x * data[at + j]!;
    }
  }
  return { count: rows, sum, products };
}

/** The moments of all clouds taken together; a RangeError for none. */
export function addedMoments(list: readonly Moments[]): Moments {
  const [first] = list;
  if (first === undefined) throw new RangeError('no moments to add');
  const sum = new Float64Array(first.sum.length);
  const products = new Float64Array(first.products.length);
  let count = 0;
  for (const one of list) {
    count += one.count;
    for (let i = 0; i < sum.length; i++) sum[i]! += one.sum[i]!;
    for (let i = 0; i < products.length; i++) products[i]! += one.products[i]!;
  }
  return { count, sum, products };
}

/** The normal distribution of moments (covariance over n − 1); a RangeError under two vectors. */
export function gaussianOfMoments({ count, sum, products }: Moments): Gaussian {
  if (count < 2) throw new RangeError(`${count} vectors have no covariance`);
  const n = sum.length;
  const mean = sum.map((x) => x / count);
  const covariance = products.map(
    (x, at) => (x - count * mean[Math.floor(at / n)]! * mean[at % n]!) / (count - 1),
  );
  return { mean, covariance };
}
