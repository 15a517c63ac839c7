import type { Cloud } from './cloud.js';
import { symmetricRoot } from './symmetric-eigen.js';
import { symmetricEigenvalues } from './symmetric-eigenvalues.js';

/** The normal distribution that a set of vectors is taken for. */
export interface Gaussian {
  readonly mean: Float64Array;
  /** Covariance [d, d], row by row. */
  readonly covariance: Float64Array;
}

/** Mean and covariance (over n − 1) of the vectors of a cloud; a RangeError under two. */
export function gaussianOf({ rows, columns, data }: Cloud): Gaussian {
  if (rows < 2) throw new RangeError(`${rows} vectors have no covariance`);
  const mean = new Float64Array(columns);
  for (let i = 0; i < data.length; i++) mean[i % columns]! += data[i]! / rows;
  const covariance = new Float64Array(columns * columns);
  const off = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < columns; c++) off[c] = data[row * columns + c]! - mean[c]!;
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < columns; j++) {
        covariance[i * columns + j]! += (off[i]! * off[j]!) / (rows - 1);
      }
    }
  }
  return { mean, covariance };
}

/**
 * The squared Fréchet distance of two normal distributions, ‖μ − ν‖² + tr(A + B − 2√(√A·B·√A))
 * (Dowson and Landau 1982); the root is taken of a symmetric matrix, so it is real. Never negative.
 */
export function frechetDistance(one: Gaussian, other: Gaussian): number {
  return frechetFrom(one)(other);
}

/** `frechetDistance` from one distribution to many: what is known of the one is found once. */
export function frechetFrom(one: Gaussian): (other: Gaussian) => number {
  const n = one.mean.length;
  const root = symmetricRoot(one.covariance, n);
  return (other) => {
    const inner = symmetric(product(product(root, other.covariance, n), root, n), n);
    const crossed = symmetricEigenvalues(inner, n);
    let distance = 0;
    for (let i = 0; i < n; i++) {
      distance += (one.mean[i]! - other.mean[i]!) ** 2;
      distance += one.covariance[i * n + i]! + other.covariance[i * n + i]!;
      distance -= 2 * Math.sqrt(Math.max(0, crossed[i]!));
    }
    return Math.max(0, distance);
  };
}

/** The squared Fréchet distance of two clouds' normal fits; a RangeError under two vectors. */
export function frechetBetween(one: Cloud, other: Cloud): number {
  return frechetDistance(gaussianOf(one), gaussianOf(other));
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) out[i * n + j]! += a[i * n + k]! * b[k * n + j]!;
    }
  }
  return out;
}

/** Without the little that rounding put between the two triangles. */
function symmetric(a: Float64Array, n: number): Float64Array {
  return a.map((x, i) => (x + a[(i % n) * n + Math.floor(i / n)]!) / 2);
}
