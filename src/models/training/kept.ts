import type { Tensor } from '@tensorflow/tfjs-core';
import { tf } from './tensorflow.js';

const kept: Tensor[] = [];

/** Lets a tensor outlive the scopes within a step: they would dispose of it with the rest. */
export function keep<T extends Tensor>(tensor: T): T {
  kept.push(tensor);
  return tf.keep(tensor);
}

/** Frees what was kept, once a step is over; nothing may use it any more. */
export function letGo(): void {
  for (const tensor of kept.splice(0)) if (!tensor.isDisposed) tensor.dispose();
}
