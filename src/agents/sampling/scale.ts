import type { Descriptors } from '../../core/index.js';

/** The mean and the standard deviation of every descriptor over what is remembered. */
export interface Scale {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/**
 * Measures the scale of all frames together; a descriptor that never changes has the deviation 1.
 */
export function scaleOf(all: readonly Descriptors[], columns: number): Scale {
  const count = all.reduce((sum, { rows }) => sum + rows, 0);
  const mean = summed(all, columns, (x) => x).map((sum) => sum / Math.max(1, count));
  const squares = summed(all, columns, (x, c) => (x - mean[c]!) ** 2);
  const deviation = squares.map((sum) => Math.sqrt(sum / Math.max(1, count)));
  return { mean, deviation: deviation.map((d) => (d > 1e-9 ? d : 1)) };
}

function summed(
  all: readonly Descriptors[],
  columns: number,
  term: (value: number, column: number) => number,
): Float64Array {
  const sums = new Float64Array(columns);
  for (const { data } of all) {
    for (let i = 0; i < data.length; i++) sums[i % columns]! += term(data[i]!, i % columns);
  }
  return sums;
}

/**
 * `length` frames from `frame` on as one row, scaled so that a squared distance is the mean squared
 * difference in standard deviations. What lies past `end` repeats the last frame.
 */
export function unitRow(
  frames: Descriptors,
  scale: Scale,
  { frame, length, end }: { readonly frame: number; readonly length: number; readonly end: number },
): Float32Array {
  const d = frames.columns;
  const weight = 1 / Math.sqrt(length * d);
  const row = new Float32Array(length * d);
  for (let f = 0; f < length; f++) {
    const from = Math.min(frame + f, end - 1) * d;
    for (let c = 0; c < d; c++) {
      const value = (frames.data[from + c]! - scale.mean[c]!) / scale.deviation[c]!;
      row[f * d + c] = value * weight;
    }
  }
  return row;
}

/** How far apart two frames are, in standard deviations (root mean square over the descriptors). */
export function frameDistance(
  a: Descriptors,
  aFrame: number,
  b: Descriptors,
  bFrame: number,
  { deviation }: Scale,
): number {
  const d = a.columns;
  let sum = 0;
  for (let c = 0; c < d; c++) {
    const difference = a.data[aFrame * d + c]! - b.data[bFrame * d + c]!;
    sum += (difference / deviation[c]!) ** 2;
  }
  return Math.sqrt(sum / d);
}
