/** Frames that one slope or bend is fitted to. */
export const DELTA_WIDTH = 9;
const HALF = 4;
const SLOPE = Float64Array.from({ length: DELTA_WIDTH }, (_, i) => (i - HALF) / 60);
const BEND = Float64Array.of(28, 7, -8, -17, -20, -17, -8, 7, 28).map((x) => x / 462);

/**
 * How each column of [frames, columns] changes: the slope (order 1) or the second derivative
 * (order 2) of the line or parabola fitted to nine frames. The first and last four frames take
 * that of the nearest full nine (Savitzky–Golay with `interp` edges, as librosa 0.8). Needs 9.
 */
export function delta(
  data: Float64Array,
  { columns, order }: { readonly columns: number; readonly order: 1 | 2 },
): Float64Array {
  const frames = data.length / columns;
  if (frames < DELTA_WIDTH)
    throw new RangeError(`delta needs ${DELTA_WIDTH} frames, has ${frames}`);
  const kernel = order === 1 ? SLOPE : BEND;
  const out = new Float64Array(data.length);
  for (let t = 0; t < frames; t++) {
    const first = Math.min(Math.max(t - HALF, 0), frames - DELTA_WIDTH);
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      for (let i = 0; i < DELTA_WIDTH; i++) sum += kernel[i]! * data[(first + i) * columns + c]!;
      out[t * columns + c] = sum;
    }
  }
  return out;
}
