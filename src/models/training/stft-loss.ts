import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { reflectPad } from './layers/reflect-pad.js';
import { tf } from './tensorflow.js';

type Tensor = InstanceType<typeof tf.Tensor>;

/** One resolution of a spectral loss: the window is a Hann of `size`, frames `hop` apart. */
export interface Resolution {
  readonly size: number;
  readonly hop: number;
}

/** The three resolutions that were measured to train a vocoder best (quarter-window hops). */
export const RESOLUTIONS: readonly Resolution[] = [
  { size: 2048, hop: 512 },
  { size: 512, hop: 128 },
  { size: 128, hop: 32 },
];

// Inside the root, so that silence has a gradient.
const FLOOR = 1e-7;

/**
 * The multi-resolution STFT loss of audio [B, 1, n] against a target: spectral convergence plus
 * the L1 distance of log magnitudes, the mean over resolutions (Yamamoto et al. 2020).
 */
export function stftLoss(
  audio: Tensor,
  target: Tensor,
  resolutions: readonly Resolution[] = RESOLUTIONS,
): Tensor {
  const losses = resolutions.map((resolution) => {
    const [found, wanted] = [magnitudes(audio, resolution), magnitudes(target, resolution)];
    const miss = tf.sqrt(tf.sum(tf.square(tf.sub(wanted, found))));
    const convergence = tf.div(miss, tf.sqrt(tf.sum(tf.square(wanted))));
    const distance = tf.mean(tf.abs(tf.sub(tf.log(wanted), tf.log(found))));
    return tf.add(convergence, distance);
  });
  return tf.mul(tf.addN(losses), 1 / losses.length);
}

function magnitudes(audio: Tensor, resolution: Resolution): Tensor {
  return spectra(audio, resolution, { margin: resolution.size / 2, epsilon: FLOOR });
}

/** What a sound is reflected by at both ends, in samples, and what its power is raised by. */
export interface SpectraOptions {
  readonly margin: number;
  readonly epsilon: number;
}

/** Magnitudes [frames, size/2 + 1] of reflected audio [B, 1, n], batch by batch. */
export function spectra(
  audio: Tensor,
  { size, hop }: Resolution,
  { margin, epsilon }: SpectraOptions,
): Tensor {
  if (size % (2 * hop) !== 0) throw new RangeError('a hop must divide half of its window');
  const padded = reflectPad(audio as Tensor3D, margin);
  const [batch, , length] = padded.shape;
  const rows = Math.floor(length / hop);
  const whole = tf.slice(padded, [0, 0, 0], [batch, 1, rows * hop]);
  const count = rows - size / hop + 1;
  const hops = tf.reshape(whole, [batch, rows, hop]);
  const shifted = Array.from({ length: size / hop }, (_, i) =>
    tf.slice(hops, [0, i, 0], [batch, count, hop]),
  );
  const frames = tf.reshape(tf.concat(shifted, 2), [batch * count, size]) as Tensor2D;
  const { even, odd } = folded(frames, size);
  const { cosines, sines } = basis(size);
  const power = tf.add(tf.square(tf.matMul(even, cosines)), tf.square(tf.matMul(odd, sines)));
  return tf.sqrt(tf.add(power, epsilon));
}

// A cosine is even and a sine odd about the middle of the frame, and the window is symmetric:
// folding first halves both products.
function folded(frames: Tensor2D, size: number): { even: Tensor2D; odd: Tensor2D } {
  const half = size / 2;
  const [count] = frames.shape;
  const first = tf.slice(frames, [0, 1], [count, half - 1]);
  const last = tf.reverse(tf.slice(frames, [0, half + 1], [count, half - 1]), 1);
  // The window is zero at the very first sample.
  const middle = tf.slice(frames, [0, half], [count, 1]);
  const even = tf.concat([tf.add(first, last), middle], 1) as Tensor2D;
  return { even, odd: tf.sub(first, last) as Tensor2D };
}

function basis(size: number): { cosines: Tensor2D; sines: Tensor2D } {
  const [half, bins] = [size / 2, size / 2 + 1];
  const cosines = new Float32Array(half * bins);
  const sines = new Float32Array((half - 1) * bins);
  for (let k = 1; k <= half; k++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * k) / size);
    for (let f = 0; f < bins; f++) {
      const angle = (2 * Math.PI * ((k * f) % size)) / size;
      cosines[(k - 1) * bins + f] = window * Math.cos(angle);
      if (k < half) sines[(k - 1) * bins + f] = window * Math.sin(angle);
    }
  }
  return {
    cosines: tf.tensor(cosines, [half, bins]) as Tensor2D,
    sines: tf.tensor(sines, [half - 1, bins]) as Tensor2D,
  };
}
