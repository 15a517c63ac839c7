import fc from 'fast-check';
import { type Random, seededRandom } from '../../src/core/index.js';
import { type Cloud, cloudOf } from '../../src/measures/index.js';

/** Normal vectors of the given deviation along each axis. */
export function normals(random: Random, rows: number, deviations: readonly number[]): Cloud {
  return cloudOf(
    Array.from({ length: rows }, () => deviations.map((sigma) => sigma * random.normal())),
  );
}

/** The rows of a cloud, each given to a function. */
export function mapped(cloud: Cloud, change: (row: readonly number[]) => readonly number[]): Cloud {
  return cloudOf(rowsOf(cloud).map(change));
}

/** The rows of a cloud as lists. */
export function rowsOf({ rows, columns, data }: Cloud): readonly (readonly number[])[] {
  return Array.from({ length: rows }, (_, row) => [
    ...data.subarray(row * columns, (row + 1) * columns),
  ]);
}

/** A small cloud by chance, in three dimensions. */
export const chanceCloud = fc
  .tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 4, max: 30 }))
  .map(([seed, rows]) => normals(seededRandom(seed), rows, [3, 1, 0.5]));
