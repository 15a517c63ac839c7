import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { symmetricEigen } from '../../src/measures/symmetric-eigen.js';
import { symmetricEigenvalues } from '../../src/measures/symmetric-eigenvalues.js';

/** A covariance of so many vectors in n dimensions: singular where they are few. */
function covariance(seed: number, n: number, vectors: number): Float64Array {
  const random = seededRandom(seed);
  const out = new Float64Array(n * n);
  for (let v = 0; v < vectors; v++) {
    const x = Float64Array.from({ length: n }, (_, i) => random.normal() / (i + 1));
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * n + j]! += x[i]! * x[j]!;
  }
  return out;
}

const ascending = (values: Float64Array): number[] => [...values].toSorted((a, b) => a - b);

it('eigenvalues alone are those of the rotations, of singular matrices too', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 1, max: 14 }),
      fc.integer({ min: 0, max: 20 }),
      (seed, n, vectors) => {
        const a = covariance(seed, n, vectors);
        const wanted = ascending(symmetricEigen(a, n).values);
        ascending(symmetricEigenvalues(a, n)).forEach((value, i) => {
          expect(value).toBeCloseTo(wanted[i]!, 9);
        });
      },
    ),
    { numRuns: 200 },
  );
});

it('a diagonal, a swap and indefinite matrices are read too', () => {
  expect(ascending(symmetricEigenvalues(Float64Array.of(3, 0, 0, -1), 2))).toEqual([-1, 3]);
  const swap = ascending(symmetricEigenvalues(Float64Array.of(0, 1, 1, 0), 2));
  expect(swap[0]).toBeCloseTo(-1, 12);
  expect(swap[1]).toBeCloseTo(1, 12);
});
