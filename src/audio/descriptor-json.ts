import type { Descriptors } from '../core/index.js';

/**
 * Feature names in the order of the original's networks: sorted as strings, so mfcc0, mfcc1,
 * mfcc10 … mfcc19, mfcc2 … (anatomy §7.2).
 */
export function featureOrder(names: readonly string[]): string[] {
  return names.toSorted();
}

/** The same frames with their columns in the order of the original's networks. */
export function inFeatureOrder(descriptors: Descriptors): Descriptors {
  const names = featureOrder(descriptors.names);
  const { columns, rows } = descriptors;
  const data = new Float32Array(rows * columns);
  names.forEach((name, to) => {
    const from = descriptors.names.indexOf(name);
    for (let t = 0; t < rows; t++) {
      data[t * columns + to] = descriptors.data[t * columns + from]!;
    }
  });
  return { ...descriptors, names, data };
}

/**
 * The original's descriptor file: an object of equal-length columns `_id` (the sound's path, again
 * and again), `_sample` (0, hop, 2·hop …) and one per name, indented by two spaces.
 */
export function toDescriptorJson(descriptors: Descriptors, id: string): string {
  const { rows, columns, names, hopLength, data } = descriptors;
  const frames = Array.from({ length: rows }, (_, t) => t);
  const table: Record<string, readonly (string | number)[]> = {
    _id: frames.map(() => id),
    _sample: frames.map((t) => t * hopLength),
  };
  names.forEach((name, c) => {
    table[name] = frames.map((t) => data[t * columns + c]!);
  });
  return JSON.stringify(table, null, 2);
}
