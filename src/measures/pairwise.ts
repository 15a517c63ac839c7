import { type Cloud, rowDistance } from './cloud.js';

/**
 * Mean straight distance between two vectors of a cloud, in the unit of its numbers: the mean over
 * all n(n − 1)/2 pairs, so that more vectors of one kind do not change it. 0 for fewer than two.
 */
export function meanPairwiseDistance(cloud: Cloud): number {
  let [sum, pairs] = [0, 0];
  for (let a = 1; a < cloud.rows; a++) {
    for (let b = 0; b < a; b++) {
      sum += rowDistance(cloud, a, cloud, b);
      pairs++;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}

/** All distances between two vectors of a cloud, [n, n] row by row. */
export function distanceTable(cloud: Cloud): Float64Array {
  const { rows } = cloud;
  const table = new Float64Array(rows * rows);
  for (let a = 1; a < rows; a++) {
    for (let b = 0; b < a; b++) {
      const distance = rowDistance(cloud, a, cloud, b);
      table[a * rows + b] = distance;
      table[b * rows + a] = distance;
    }
  }
  return table;
}
