import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tensor as Numbers } from '../../core/index.js';
import { spectra } from './stft-loss.js';
import { tf } from './tensorflow.js';

/** How a mel-spectrogram is taken: everything that the analysis of a corpus was done with. */
export interface MelScale {
  /** Weights of every band over the bins of a spectrum, [bands, size/2 + 1]. */
  readonly bank: Numbers;
  readonly hop: number;
  /** The least mel that the logarithm tells from silence. */
  readonly floor: number;
  /** Added to the squared magnitude before its root; above 0, so that silence has a gradient. */
  readonly epsilon: number;
}

const DB = 20 / Math.LN10;

/**
 * The mean of 20·|Δlog10 mel| in decibels over bands and frames of audio [B, 1, n] and a target,
 * both reflected at their ends by (size − hop)/2 (anatomy §2).
 */
export function logMelLossDb(audio: Tensor, target: Tensor, scale: MelScale): Tensor {
  const [found, wanted] = [melOf(audio, scale), melOf(target, scale)];
  return tf.mul(tf.mean(logDistance(found, wanted, scale.floor)), DB);
}

function melOf(audio: Tensor, { bank, hop, epsilon }: MelScale): Tensor {
  const [bands, bins] = bank.shape as [number, number];
  const size = 2 * (bins - 1);
  const found = spectra(audio, { size, hop }, { margin: (size - hop) / 2, epsilon });
  const columns = tf.tensor(transposed(bank.data, bands, bins), [bins, bands]);
  return tf.matMul(found, columns);
}

function transposed(rows: Float32Array, count: number, length: number): Float32Array {
  return Float32Array.from(rows, (_, i) => rows[(i % count) * length + Math.floor(i / count)]!);
}

// |Δln| of values no less than the floor. What lies below it learns as if it lay on it, so that a
// band that fell silent can be heard again; where both are silent, nothing pulls.
function logDistance(found: Tensor, wanted: Tensor, floor: number): Tensor {
  const raised = (x: Tensor): Tensor => tf.maximum(x, floor);
  const distance = tf.customGrad((a, b, save) => {
    const [one, other] = [raised(a as Tensor), raised(b as Tensor)];
    const apart = tf.sub(tf.log(one), tf.log(other));
    (save as (tensors: Tensor[]) => void)([one, other, tf.sign(apart)]);
    return {
      value: tf.abs(apart),
      gradFunc: (dy, saved) => {
        const [p, q, sign] = saved as [Tensor, Tensor, Tensor];
        const pull = tf.mul(dy, sign);
        return [tf.div(pull, p), tf.neg(tf.div(pull, q))];
      },
    };
  });
  return distance(found, wanted);
}
