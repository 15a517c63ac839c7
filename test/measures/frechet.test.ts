import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import type { Matrix, Random } from '../../src/core/index.js';
import type { Gaussian } from '../../src/measures/frechet.js';
import { frechetDistance, gaussianOf } from '../../src/measures/frechet.js';
import { symmetricEigen, symmetricRoot } from '../../src/measures/symmetric-eigen.js';

const SIZE = 5;

function normals(random: Random, rows: number, columns: number): Matrix {
  const data = Float32Array.from({ length: rows * columns }, () => random.normal());
  return { rows, columns, data };
}

function times(a: Float64Array, b: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return Array.from({ length: n }, (_, k) => a[i * n + k]! * b[k * n + j]!).reduce(
      (x, y) => x + y,
    );
  });
}

function turned(a: Float64Array, n: number): Float64Array {
  return a.map((_, at) => a[(at % n) * n + Math.floor(at / n)]!);
}

function diagonal(values: readonly number[]): Float64Array {
  const n = values.length;
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) ? 0 : values[i / (n + 1)]!));
}

/** A positive definite matrix by chance. */
function covariance(random: Random, n = SIZE): Float64Array {
  const b = Float64Array.from({ length: n * n }, () => random.normal());
  return times(b, turned(b, n), n);
}

function gaussian(random: Random): Gaussian {
  const mean = Float64Array.from({ length: SIZE }, () => 3 * random.normal());
  return { mean, covariance: covariance(random) };
}

const chance = fc.integer({ min: 0, max: 1e6 }).map((seed) => seededRandom(seed));

describe('the Jacobi eigenvalues', () => {
  it('put a symmetric matrix together again', () => {
    fc.assert(
      fc.property(chance, (random) => {
        const a = covariance(random);
        const { values, vectors } = symmetricEigen(a, SIZE);
        const again = times(
          times(vectors, diagonal([...values]), SIZE),
          turned(vectors, SIZE),
          SIZE,
        );
        const unit = times(vectors, turned(vectors, SIZE), SIZE);
        again.forEach((x, i) => expect(x).toBeCloseTo(a[i]!, 9));
        unit.forEach((x, i) => expect(x).toBeCloseTo(i % (SIZE + 1) === 0 ? 1 : 0, 12));
      }),
      { numRuns: 40 },
    );
  });

  it('know those of a small matrix', () => {
    const { values } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect([...values].toSorted((a, b) => a - b)).toEqual([
      expect.closeTo(1, 12),
      expect.closeTo(3, 12),
    ]);
  });

  it('give a root that squares to the matrix', () => {
    fc.assert(
      fc.property(chance, (random) => {
        const a = covariance(random);
        const root = symmetricRoot(a, SIZE);
        times(root, root, SIZE).forEach((x, i) => expect(x).toBeCloseTo(a[i]!, 8));
      }),
      { numRuns: 40 },
    );
  });
});

describe('the Fréchet distance', () => {
  it('of normals along the axes is the sum over means and deviations', () => {
    const [a, b] = [
      [1, 2, 0.5],
      [3, 0.1, 0],
    ] as const;
    const one = { mean: Float64Array.of(0, 1, 2), covariance: diagonal(a.map((x) => x * x)) };
    const other = { mean: Float64Array.of(2, 1, -1), covariance: diagonal(b.map((x) => x * x)) };
    const wanted = 4 + 0 + 9 + (1 - 3) ** 2 + (2 - 0.1) ** 2 + 0.5 ** 2;
    expect(frechetDistance(one, other)).toBeCloseTo(wanted, 9);
  });

  it('of a shifted normal is the shift squared, of a scaled one (s − 1)² its trace', () => {
    fc.assert(
      fc.property(chance, fc.double({ min: 0.1, max: 4, noNaN: true }), (random, s) => {
        const one = gaussian(random);
        const shifted = { ...one, mean: one.mean.map((x) => x + s) };
        const scaled = { ...one, covariance: one.covariance.map((x) => x * s * s) };
        const trace = one.covariance.reduce((sum, x, i) => sum + (i % (SIZE + 1) ? 0 : x), 0);
        expect(frechetDistance(one, shifted)).toBeCloseTo(SIZE * s * s, 6);
        expect(frechetDistance(one, scaled)).toBeCloseTo((s - 1) ** 2 * trace, 6);
      }),
      { numRuns: 40 },
    );
  });

  it('is nothing to itself, the same both ways, and blind to a turn of all axes', () => {
    fc.assert(
      fc.property(chance, (random) => {
        const [one, other] = [gaussian(random), gaussian(random)];
        const { vectors: turn } = symmetricEigen(covariance(random), SIZE);
        const spun = ({ mean, covariance: c }: Gaussian): Gaussian => ({
          mean: mean.map((_, i) => mean.reduce((sum, x, k) => sum + turn[i * SIZE + k]! * x, 0)),
          covariance: times(times(turn, c, SIZE), turned(turn, SIZE), SIZE),
        });
        const distance = frechetDistance(one, other);
        expect(frechetDistance(one, one)).toBeCloseTo(0, 6);
        expect(frechetDistance(other, one)).toBeCloseTo(distance, 6);
        expect(frechetDistance(spun(one), spun(other))).toBeCloseTo(distance, 6);
      }),
      { numRuns: 40 },
    );
  });

  it('is finite where a set lies in a plane', () => {
    const flat = gaussianOf({
      rows: 3,
      columns: 3,
      data: Float32Array.of(0, 0, 1, 1, 2, 1, 2, 4, 1),
    });
    const wide = gaussianOf(normals(seededRandom(1), 100, 3));
    expect(frechetDistance(flat, wide)).toBeGreaterThan(0);
    expect(frechetDistance(flat, flat)).toBeCloseTo(0, 9);
  });

  it('is small between two draws of one distribution', () => {
    const [one, other] = [1, 2].map((seed) => gaussianOf(normals(seededRandom(seed), 5000, 4)));
    expect(frechetDistance(one!, other!)).toBeLessThan(0.02);
  });

  it('needs two vectors for a covariance', () => {
    expect(() => gaussianOf(normals(seededRandom(1), 1, 3))).toThrow(RangeError);
  });
});
