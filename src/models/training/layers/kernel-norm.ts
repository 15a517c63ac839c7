import type { Conv, UpConv } from '../../networks/module.js';
import { tf } from '../tensorflow.js';
import type { Held } from './held.js';

type Tensor = InstanceType<typeof tf.Tensor>;

/** The kernel of a convolution with its weight or spectral norm applied (anatomy §0). */
export function kernelOf(module: Conv | UpConv, held: Held): Tensor {
  const norm = module.type === 'up-conv' ? 'weight' : module.norm;
  if (norm === 'none') return held.value(`${module.name}.weight`);
  return norm === 'weight' ? weightNormed(module.name, held) : spectral(module.name, held);
}

function weightNormed(name: string, held: Held): Tensor {
  const v = held.value(`${name}.weight_v`);
  const axes = v.shape.slice(1).map((_, i) => i + 1);
  const length = tf.sqrt(tf.sum(tf.square(v), axes, true));
  return tf.mul(v, tf.div(held.value(`${name}.weight_g`), length));
}

// In training one power iteration goes before; the vectors themselves are not differentiated.
function spectral(name: string, held: Held): Tensor {
  const original = held.value(`${name}.weight_orig`);
  const out = original.shape[0] as number;
  const matrix = tf.reshape(original, [out, original.size / out]);
  let u = tf.reshape(held.value(`${name}.weight_u`), [out, 1]);
  let v = tf.reshape(held.value(`${name}.weight_v`), [original.size / out, 1]);
  if (held.training) {
    const still = constant(matrix);
    v = unit(tf.matMul(still, u, true, false));
    u = unit(tf.matMul(still, v));
    held.update(`${name}.weight_u`, tf.reshape(u, [out]));
    held.update(`${name}.weight_v`, tf.reshape(v, [original.size / out]));
  }
  const sigma = tf.sum(tf.mul(u, tf.matMul(matrix, v)));
  return tf.div(original, sigma);
}

function unit(x: Tensor): Tensor {
  return tf.div(x, tf.maximum(tf.sqrt(tf.sum(tf.square(x))), 1e-12));
}

/** The same values, through which no gradient passes. */
export function constant(x: Tensor): Tensor {
  const stop = tf.customGrad((value) => ({
    value: tf.clone(value as Tensor),
    gradFunc: (dy) => tf.zerosLike(dy),
  }));
  return stop(x);
}
