import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import {
  cloudOf,
  distanceTable,
  effectiveRank,
  effectiveRankOf,
  meanPairwiseDistance,
} from '../../src/measures/index.js';
import { chanceCloud, mapped, normals, rowsOf } from './clouds.js';

const factor = fc.double({ min: 0.01, max: 100, noNaN: true });

describe('the effective rank', () => {
  it('of axes that spread alike is their number, of a line 1, of one place 0', () => {
    const corners = cloudOf([
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 0],
      [0, -1, 0],
      [0, 0, 1],
      [0, 0, -1],
    ]);
    expect(effectiveRank(corners)).toBeCloseTo(3, 9);
    expect(
      effectiveRank(
        cloudOf([
          [0, 0],
          [1, 2],
          [3, 6],
        ]),
      ),
    ).toBeCloseTo(1, 9);
    expect(
      effectiveRank(
        cloudOf([
          [5, 5],
          [5, 5],
          [5, 5],
        ]),
      ),
    ).toBe(0);
    expect(effectiveRank(cloudOf([[1, 2]]))).toBe(0);
  });

  it('of singular values 2 : 1 : 1 is 2^1.5', () => {
    expect(effectiveRankOf(Float64Array.of(4, 0, 0, 0, 1, 0, 0, 0, 1))).toBeCloseTo(2 ** 1.5, 9);
  });

  it('does not mind place, scale, or the order of the vectors, and stays within the axes', () => {
    fc.assert(
      fc.property(chanceCloud, factor, (cloud, by) => {
        const rank = effectiveRank(cloud);
        expect(effectiveRank(mapped(cloud, (row) => row.map((x) => by * x + 7)))).toBeCloseTo(rank);
        expect(effectiveRank(cloudOf(rowsOf(cloud).toReversed()))).toBeCloseTo(rank, 9);
        expect(rank).toBeGreaterThanOrEqual(1);
        expect(rank).toBeLessThanOrEqual(3 + 1e-9);
      }),
      { numRuns: 50 },
    );
  });

  it('falls as a direction dies', () => {
    const ranks = [1, 0.5, 0.1, 0].map((last) =>
      effectiveRank(normals(seededRandom(3), 400, [1, 1, last])),
    );
    expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
    expect(ranks[0]).toBeGreaterThan(2.95);
    expect(ranks[3]).toBeLessThan(2.01);
  });
});

describe('the mean pairwise distance', () => {
  it('knows a triangle', () => {
    expect(
      meanPairwiseDistance(
        cloudOf([
          [0, 0],
          [3, 0],
          [0, 4],
        ]),
      ),
    ).toBeCloseTo(4, 12);
    expect(meanPairwiseDistance(cloudOf([[1, 1]]))).toBe(0);
  });

  it('of normal numbers tends to 2σ/√π', () => {
    const line = normals(seededRandom(1), 1500, [2]);
    expect(meanPairwiseDistance(line)).toBeCloseTo(4 / Math.sqrt(Math.PI), 1);
  });

  it('does not mind place or order, and grows as the scale does', () => {
    fc.assert(
      fc.property(chanceCloud, factor, (cloud, by) => {
        const mean = meanPairwiseDistance(cloud);
        const grown = mapped(cloud, (row) => row.map((x) => by * x - 3));
        expect(meanPairwiseDistance(grown) / (by * mean)).toBeCloseTo(1, 6);
        expect(meanPairwiseDistance(cloudOf(rowsOf(cloud).toReversed()))).toBeCloseTo(mean, 9);
      }),
      { numRuns: 50 },
    );
  });

  it('is the mean of its table', () => {
    const cloud = normals(seededRandom(2), 9, [1, 2]);
    const sum = distanceTable(cloud).reduce((all, x) => all + x, 0);
    expect(sum / (9 * 8)).toBeCloseTo(meanPairwiseDistance(cloud), 12);
  });
});

it('vectors of unlike length are no cloud', () => {
  expect(() => cloudOf([[1, 2], [3]])).toThrow(RangeError);
});
