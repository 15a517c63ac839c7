import type { Tensor } from '@tensorflow/tfjs-core';
import { tf } from './tensorflow.js';

/** The constants of an Adam optimiser, by PyTorch's meaning. */
export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  /** Decoupled weight decay (AdamW); 0 is plain Adam. */
  readonly decay?: number;
  /** Largest L2 norm of a network's whole gradient; unlimited unless told. */
  readonly clip?: number;
}

/** A network's flat vectors as Adam keeps them, all [size]. */
export interface AdamVectors {
  readonly parameters: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
}

const EPSILON = 1e-8;

/** One Adam step on flat vectors; `pace` [3] comes from `adamPace`. */
export function adamStep(
  { parameters, mean, variance }: AdamVectors,
  gradient: Tensor,
  pace: Tensor,
  { beta1, beta2, decay = 0, clip }: AdamSettings,
): AdamVectors {
  const [rate, first, second] = tf.split(pace, 3, 0) as [Tensor, Tensor, Tensor];
  const g = clip === undefined ? gradient : clipped(gradient, clip);
  const nextMean = tf.add(tf.mul(mean, beta1), tf.mul(g, 1 - beta1));
  const nextVariance = tf.add(tf.mul(variance, beta2), tf.mul(tf.square(g), 1 - beta2));
  const root = tf.add(tf.div(tf.sqrt(nextVariance), tf.sqrt(second)), EPSILON);
  const change = tf.mul(tf.div(nextMean, root), tf.div(rate, first));
  const kept = decay === 0 ? parameters : tf.mul(parameters, tf.sub(1, tf.mul(rate, decay)));
  return { parameters: tf.sub(kept, change), mean: nextMean, variance: nextVariance };
}

/** What changes from step to step: learning rate and the two bias corrections; steps from 1. */
export function adamPace(rate: number, step: number, settings: AdamSettings): Float32Array {
  return Float32Array.of(rate, 1 - settings.beta1 ** step, 1 - settings.beta2 ** step);
}

function clipped(gradient: Tensor, most: number): Tensor {
  const norm = tf.sqrt(tf.sum(tf.square(gradient)));
  return tf.mul(gradient, tf.minimum(1, tf.div(most, tf.add(norm, 1e-6))));
}
