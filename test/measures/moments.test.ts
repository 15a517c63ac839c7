import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  addedMoments,
  cloudOf,
  frechetBetween,
  gaussianOf,
  gaussianOfMoments,
  momentsOf,
} from '../../src/measures/index.js';
import { chanceCloud, mapped, rowsOf } from './clouds.js';

it('moments of two clouds add up to those of both together', () => {
  fc.assert(
    fc.property(chanceCloud, chanceCloud, (one, other) => {
      const both = gaussianOf(cloudOf([...rowsOf(one), ...rowsOf(other)]));
      const added = gaussianOfMoments(addedMoments([momentsOf(one), momentsOf(other)]));
      added.mean.forEach((x, i) => expect(x).toBeCloseTo(both.mean[i]!, 9));
      added.covariance.forEach((x, i) => expect(x).toBeCloseTo(both.covariance[i]!, 9));
    }),
    { numRuns: 50 },
  );
});

it('the Fréchet distance of clouds is 0 to itself in any order, and a shift squared', () => {
  fc.assert(
    fc.property(chanceCloud, (cloud) => {
      const turned = cloudOf(rowsOf(cloud).toReversed());
      const shifted = mapped(cloud, (row) => row.map((x) => x + 2));
      expect(frechetBetween(cloud, turned)).toBeCloseTo(0, 6);
      expect(frechetBetween(cloud, shifted)).toBeCloseTo(12, 5);
    }),
    { numRuns: 50 },
  );
});

it('one vector has no covariance, and nothing has no moments', () => {
  expect(() => gaussianOfMoments(momentsOf(cloudOf([[1, 2]])))).toThrow(RangeError);
  expect(() => addedMoments([])).toThrow(RangeError);
});
