import type { Matrix } from '../../core/index.js';

/** How unlike each other the sounds of a set are, in the units of their vectors. */
export interface Spread {
  /** Mean distance between two sounds at the same moment: near 0 when all sounds are one. */
  readonly between: number;
  /** Mean distance between two moments of one sound: near 0 when every sound stands still. */
  readonly within: number;
}

const MOMENTS = 64;

/**
 * The mean Euclidean distances between the frames of sounds, each [t, d]: at 64 moments of every
 * pair of sounds, and between moments half a sound apart. A RangeError under two sounds.
 */
export function spreadOf(sounds: readonly Matrix[]): Spread {
  if (sounds.length < 2) throw new RangeError(`${sounds.length} sounds have no spread`);
  const between: number[] = [];
  const within: number[] = [];
  for (const [i, one] of sounds.entries()) {
    for (const other of sounds.slice(i + 1)) between.push(apart(one, other, 0));
    within.push(apart(one, one, 0.5));
  }
  return { between: mean(between), within: mean(within) };
}

/** The mean distance over moments, the second sound heard `shift` of its length later. */
function apart(one: Matrix, other: Matrix, shift: number): number {
  let sum = 0;
  for (let m = 0; m < MOMENTS; m++) {
    const at = (m + 0.5) / MOMENTS;
    const [a, b] = [rowAt(one, at), rowAt(other, (at + shift) % 1)];
    sum += Math.sqrt(a.reduce((square, x, c) => square + (x - b[c]!) ** 2, 0));
  }
  return sum / MOMENTS;
}

function rowAt({ rows, columns, data }: Matrix, share: number): Float32Array {
  const row = Math.min(rows - 1, Math.floor(share * rows));
  return data.subarray(row * columns, (row + 1) * columns);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
