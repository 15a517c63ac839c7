/** What stands beyond the ends of a sound: its mirror image, or silence. */
export type Padding = 'reflect' | 'silence';

/**
 * The samples with `count` more at both ends. A reflection does not repeat the edge sample and,
 * as in NumPy, is reflected again where the sound is shorter than the padding.
 */
export function padded(samples: Float32Array, count: number, padding: Padding): Float32Array {
  const out = new Float32Array(samples.length + 2 * count);
  out.set(samples, count);
  if (padding === 'silence' || samples.length === 0) return out;
  for (let i = 0; i < count; i++) {
    out[count - 1 - i] = samples[mirrored(i + 1, samples.length)]!;
    out[count + samples.length + i] = samples[mirrored(samples.length + i, samples.length)]!;
  }
  return out;
}

function mirrored(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const within = index % period;
  return within < length ? within : period - within;
}
