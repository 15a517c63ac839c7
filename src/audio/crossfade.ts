/** How one sound gives way to another: `power` keeps unrelated sounds level, `linear` like ones. */
export type FadeShape = 'power' | 'linear';

/** The gain of what enters at `part` of the way, 0 to 1; what leaves has that of `1 − part`. */
export function fadeGain(part: number, shape: FadeShape): number {
  return shape === 'linear' ? part : Math.sin((Math.PI / 2) * part);
}

/** How units are joined: overlapping samples and the shape of the fade (`power` by default). */
export interface JoinOptions {
  readonly crossfadeSamples: number;
  readonly shape?: FadeShape;
}

/**
 * Joins units into one sound, each overlapping the last by `crossfadeSamples`, or by the shorter
 * one's whole length where that is less. No unit is ever refused: an empty one is passed over.
 */
export function concatenateUnits(
  units: readonly Float32Array[],
  { crossfadeSamples, shape = 'power' }: JoinOptions,
): Float32Array {
  const sounding = units.filter((unit) => unit.length > 0);
  const overlaps = sounding.map((unit, i) => {
    const last = sounding[i - 1];
    return last === undefined ? 0 : Math.min(crossfadeSamples, unit.length, last.length);
  });
  const total = sounding.reduce((sum, unit, i) => sum + unit.length - overlaps[i]!, 0);
  const out = new Float32Array(total);
  let end = 0;
  sounding.forEach((unit, i) => {
    const start = end - overlaps[i]!;
    layOver(out, unit, { start, overlap: overlaps[i]!, shape });
    end = start + unit.length;
  });
  return out;
}

function layOver(
  out: Float32Array,
  unit: Float32Array,
  { start, overlap, shape }: { start: number; overlap: number; shape: FadeShape },
): void {
  for (let n = 0; n < overlap; n++) {
    const part = (n + 0.5) / overlap;
    out[start + n] = out[start + n]! * fadeGain(1 - part, shape) + unit[n]! * fadeGain(part, shape);
  }
  out.set(unit.subarray(overlap), start + overlap);
}

/** Joins two sounds with a crossfade. */
export function crossfade(a: Float32Array, b: Float32Array, options: JoinOptions): Float32Array {
  return concatenateUnits([a, b], options);
}

/** Fades the ends of a sound in place over `fadeSamples` each, so that it starts and ends at 0. */
export function fadeEnds(samples: Float32Array, fadeSamples: number): void {
  const length = Math.min(fadeSamples, Math.floor(samples.length / 2));
  for (let n = 0; n < length; n++) {
    const gain = fadeGain(n / length, 'power');
    samples[n]! *= gain;
    samples[samples.length - 1 - n]! *= gain;
  }
}
