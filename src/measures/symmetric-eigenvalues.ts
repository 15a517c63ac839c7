const TURNS_MAX = 60;

/**
 * The eigenvalues alone of a symmetric matrix [n, n], unsorted: Householder's reduction to three
 * diagonals, then QL turns with implicit shifts (Bowdler, Martin, Reinsch and Wilkinson 1968).
 * About ten times as fast as `symmetricEigen` at n = 12; as exact to some 1e-14 of the largest.
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const a = Float64Array.from(matrix);
  const beside = new Float64Array(n);
  for (let i = n - 1; i > 1; i--) beside[i] = reflect(a, n, i);
  if (n > 1) beside[1] = a[n]!;
  const values = Float64Array.from({ length: n }, (_, i) => a[i * n + i]!);
  // Beside i now stands what lies between i and i + 1.
  beside.copyWithin(0, 1);
  beside[n - 1] = 0;
  for (let low = 0; low < n; low++) settle(values, beside, low);
  return values;
}

/** Reflects rows below i so that row i keeps only its neighbour, which is returned. */
function reflect(a: Float64Array, n: number, i: number): number {
  const row = a.subarray(i * n, i * n + i);
  let square = 0;
  for (let k = 0; k < i; k++) square += row[k]! * row[k]!;
  const last = row[i - 1]!;
  if (square - last * last <= 0) return last;
  const side = last >= 0 ? -Math.sqrt(square) : Math.sqrt(square);
  const half = square - last * side;
  row[i - 1] = last - side;
  const p = new Float64Array(i);
  let pu = 0;
  for (let j = 0; j < i; j++) {
    let sum = 0;
    for (let k = 0; k < i; k++) sum += (j >= k ? a[j * n + k]! : a[k * n + j]!) * row[k]!;
    p[j] = sum / half;
    pu += p[j]! * row[j]!;
  }
  for (let j = 0; j < i; j++) p[j]! -= (pu / (2 * half)) * row[j]!;
  for (let j = 0; j < i; j++) {
    for (let k = 0; k <= j; k++) a[j * n + k]! -= row[j]! * p[k]! + p[j]! * row[k]!;
  }
  return side;
}

/** Turns until value `low` stands alone. */
function settle(d: Float64Array, e: Float64Array, low: number): void {
  for (let turns = 0; turns < TURNS_MAX; turns++) {
    let high = low;
    while (high < d.length - 1 && !isNothing(e[high]!, d[high]!, d[high + 1]!)) high++;
    if (high === low) return;
    sweep(d, e, low, high);
  }
}

function isNothing(beside: number, one: number, other: number): boolean {
  const size = Math.abs(one) + Math.abs(other);
  return Math.abs(beside) <= Number.EPSILON * size || Math.abs(beside) < 1e-300;
}

/** One QL turn of the block from `low` to `high`. */
function sweep(d: Float64Array, e: Float64Array, low: number, high: number): void {
  let g = (d[low + 1]! - d[low]!) / (2 * e[low]!);
  g = d[high]! - d[low]! + e[low]! / (g + (g < 0 ? -1 : 1) * Math.hypot(g, 1));
  let [s, c, p] = [1, 1, 0];
  for (let i = high - 1; i >= low; i--) {
    const f = s * e[i]!;
    const b = c * e[i]!;
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1]! -= p;
      e[high] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1]! - p;
    const t = (d[i]! - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
  }
  d[low]! -= p;
  e[low] = g;
  e[high] = 0;
}
