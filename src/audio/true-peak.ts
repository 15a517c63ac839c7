/** How many samples one value between them is made of. */
export const TRUE_PEAK_TAPS = 12;

// The interpolating filter of ITU-R BS.1770-4, annex 2: 48 taps at four times the rate, as four
// phases, in 8192ths. The other two are these backwards.
const OUTER = taps(14, 90, -161, 272, -487, 1125, 7964, -838, 390, -218, 122, -68);
const INNER = taps(-239, 240, -424, 730, -1364, 3810, 6388, -1641, 832, -477, 271, -155);
const LAST = TRUE_PEAK_TAPS - 1;

/** How far a value between samples can lie above the loudest of the twelve. */
const REACH = Math.max(
  ...[OUTER, INNER].map((phase) => phase.reduce((sum, tap) => sum + Math.abs(tap), 0)),
);
const STRETCH = 64;

/**
 * Raises `peaks[n]` to the largest value at or between `line[n]` and `line[n + 11]` (dBTP meter of
 * ITU-R BS.1770-4, annex 2: four times oversampled). Stretches in which nothing can pass `floor`
 * are left out; `line` holds 11 samples more than `peaks`.
 */
export function raiseToTruePeaks(line: Float32Array, floor: number, peaks: Float64Array): void {
  for (let from = 0; from < peaks.length; from += STRETCH) {
    const to = Math.min(from + STRETCH, peaks.length);
    let loudest = 0;
    for (let i = from; i < to + LAST; i++) loudest = Math.max(loudest, Math.abs(line[i]!));
    if (loudest * REACH <= floor) continue;
    for (let n = from; n < to; n++) peaks[n] = Math.max(peaks[n]!, truePeakAt(line, n));
  }
}

function truePeakAt(line: Float32Array, n: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let k = 0; k < TRUE_PEAK_TAPS; k++) {
    const x = line[n + k]!;
    a += OUTER[k]! * x;
    b += INNER[k]! * x;
    c += INNER[LAST - k]! * x;
    d += OUTER[LAST - k]! * x;
  }
  const outer = Math.max(Math.abs(a), Math.abs(d), Math.abs(line[n + LAST]!));
  return Math.max(outer, Math.abs(b), Math.abs(c));
}

function taps(...parts: readonly number[]): Float64Array {
  return Float64Array.from(parts, (part) => part / 8192);
}
