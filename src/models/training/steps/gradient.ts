import type { Tensor } from '@tensorflow/tfjs-core';
import { keep } from '../kept.js';
import { tf } from '../tensorflow.js';

/** A loss, its gradients, and what else was worth keeping of the forward pass. */
export interface Differentiated<T> {
  readonly loss: Tensor;
  readonly gradients: readonly Tensor[];
  readonly kept: T;
}

/**
 * Differentiates a loss by flat vectors of parameters. What `forward` keeps outlives the
 * differentiation, which otherwise disposes of everything but the loss.
 */
export function differentiate<T extends Readonly<Record<string, Tensor>>>(
  parameters: readonly Tensor[],
  forward: (...parameters: readonly Tensor[]) => { readonly loss: Tensor; readonly kept: T },
): Differentiated<T> {
  let kept: T | undefined;
  const run = (...vectors: Tensor[]): Tensor => {
    const result = forward(...vectors);
    for (const tensor of Object.values(result.kept)) keep(tensor);
    kept = result.kept;
    return result.loss;
  };
  const { value, grads } = tf.valueAndGrads(run)([...parameters]);
  return { loss: value, gradients: grads, kept: kept as T };
}

/** The mean absolute difference. */
export function meanDistance(a: Tensor, b: Tensor): Tensor {
  return tf.mean(tf.abs(tf.sub(a, b)));
}
