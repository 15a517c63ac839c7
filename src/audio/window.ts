/** The periodic Hann window of `size` samples, rounded to single precision as the original's is. */
export function hann(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, n) =>
    Math.fround(0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size)),
  );
}
