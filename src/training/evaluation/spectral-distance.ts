import { eachSpectrum } from '../../audio/index.js';

/** Two sounds compared at several resolutions (Yamamoto, Song and Kim 2020, equations 4 to 6). */
export interface SpectralDistance {
  /** ‖S − Ŝ‖ / ‖S‖ over all bins and frames, Frobenius norms: 0 for the same, 1 for silence. */
  readonly convergence: number;
  /** Mean |ln S − ln Ŝ| over all bins and frames. */
  readonly logMagnitude: number;
}

const SIZES = [512, 1024, 2048];
/** Under the root of the power, as in the reference implementation of the loss. */
const POWER_MIN = 1e-7;

/**
 * The multi-resolution STFT distance of a sound to a reference: means over Hann windows of 512,
 * 1024 and 2048 samples, a quarter of each apart. The longer sound is cut; a RangeError when one
 * does not fill a window.
 */
export function spectralDistance(found: Float32Array, wanted: Float32Array): SpectralDistance {
  const length = Math.min(found.length, wanted.length);
  if (length < SIZES.at(-1)!) throw new RangeError(`${length} samples do not fill a window`);
  const each = SIZES.map((size) =>
    distanceAt(size, found.subarray(0, length), wanted.subarray(0, length)),
  );
  const mean = (of: (one: SpectralDistance) => number): number =>
    each.reduce((sum, one) => sum + of(one), 0) / each.length;
  return { convergence: mean((d) => d.convergence), logMagnitude: mean((d) => d.logMagnitude) };
}

function distanceAt(size: number, found: Float32Array, wanted: Float32Array): SpectralDistance {
  const [a, b] = [magnitudes(found, size), magnitudes(wanted, size)];
  let [miss, whole, logs] = [0, 0, 0];
  for (let i = 0; i < b.length; i++) {
    miss += (b[i]! - a[i]!) ** 2;
    whole += b[i]! ** 2;
    logs += Math.abs(Math.log(b[i]! / a[i]!));
  }
  return { convergence: Math.sqrt(miss / whole), logMagnitude: logs / b.length };
}

function magnitudes(samples: Float32Array, size: number): Float32Array {
  const options = { fftSize: size, hopLength: size / 4, margin: size / 2 };
  const bins = size / 2 + 1;
  const out = new Float32Array((1 + Math.floor(samples.length / options.hopLength)) * bins);
  eachSpectrum(samples, options, ({ re, im }, t) => {
    for (let k = 0; k < bins; k++) {
      out[t * bins + k] = Math.sqrt(Math.max(re[k]! ** 2 + im[k]! ** 2, POWER_MIN));
    }
  });
  return out;
}
