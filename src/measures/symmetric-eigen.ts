/** A symmetric matrix in its own axes: A = V·diag(values)·Vᵀ. */
export interface SymmetricEigen {
  /** Eigenvalues, unsorted. */
  readonly values: Float64Array;
  /** Eigenvectors as columns, [n, n] row by row; orthonormal. */
  readonly vectors: Float64Array;
}

const SWEEPS_MAX = 60;

/**
 * Eigenvalues and vectors of a symmetric matrix [n, n] by cyclic Jacobi rotations (Golub and Van
 * Loan §8.5): slow for large n, accurate for any. Only symmetric input has a meaning.
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const a = Float64Array.from(matrix);
  const vectors = identity(n);
  const small = 1e-30 * squares(a);
  for (let sweep = 0; sweep < SWEEPS_MAX && offDiagonal(a, n) > small; sweep++) {
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, vectors, n, p, q);
    }
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), vectors };
}

/** One rotation in the plane of axes p and q that makes a[p, q] zero. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const slope = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  // The smaller of both angles keeps the other axes nearly in place.
  const t = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.hypot(1, slope));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, c, s);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, c, s);
  for (let k = 0; k < n; k++) turn(v, k * n + p, k * n + q, c, s);
}

function turn(m: Float64Array, i: number, j: number, c: number, s: number): void {
  const [x, y] = [m[i]!, m[j]!];
  m[i] = c * x - s * y;
  m[j] = s * x + c * y;
}

/**
 * The symmetric square root of a positive semi-definite matrix [n, n]; eigenvalues that rounding
 * made negative count as zero.
 */
export function symmetricRoot(matrix: Float64Array, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, n);
  const roots = values.map((value) => Math.sqrt(Math.max(0, value)));
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += vectors[i * n + k]! * roots[k]! * vectors[j * n + k]!;
      out[i * n + j] = sum;
    }
  }
  return out;
}

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
}

function squares(a: Float64Array): number {
  return a.reduce((sum, x) => sum + x * x, 0);
}

function offDiagonal(a: Float64Array, n: number): number {
  return a.reduce((sum, x, i) => sum + (i % (n + 1) === 0 ? 0 : x * x), 0);
}
