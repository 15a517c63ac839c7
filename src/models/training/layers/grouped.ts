import type { Conv } from '../../networks/module.js';
import { tf } from '../tensorflow.js';

type Tensor = InstanceType<typeof tf.Tensor>;
type Apply = (kernel: Tensor, bias: Tensor, x: Tensor) => Tensor;

/** More bundles than this cost more in bookkeeping than their zeros cost in multiplication. */
const BUNDLES_MAX = 16;

/**
 * A grouped convolution, which TensorFlow.js lacks: the groups are convolved in turn, and where
 * there are many, several share one kernel whose foreign weights are zero.
 */
export function grouped(conv: Conv, kernel: Tensor, bias: Tensor, x: Tensor, apply: Apply): Tensor {
  const bundles = bundlesOf(conv.groups);
  const each = conv.groups / bundles;
  const kernels = tf.split(widened(kernel, conv, each), bundles, 0);
  const biases = tf.split(bias, bundles, 0);
  const parts = tf.split(x, bundles, 1);
  return tf.concat(
    kernels.map((part, i) => apply(part, biases[i] as Tensor, parts[i] as Tensor)),
    1,
  );
}

function bundlesOf(groups: number): number {
  for (let bundles = Math.min(groups, BUNDLES_MAX); bundles > 1; bundles--) {
    if (groups % bundles === 0) return bundles;
  }
  return 1;
}

// [out, in/groups, k] to [out, each·in/groups, k], zero where a row would hear a foreign group.
function widened(kernel: Tensor, conv: Conv, each: number): Tensor {
  if (each === 1) return kernel;
  const [out, into, size] = kernel.shape as [number, number, number];
  const rows = out / conv.groups;
  const own = new Float32Array(out * each);
  for (let o = 0; o < out; o++) own[o * each + (Math.floor(o / rows) % each)] = 1;
  const mask = tf.tensor(own, [out, each, 1, 1]);
  const wide = tf.mul(tf.reshape(kernel, [out, 1, into, size]), mask);
  return tf.reshape(wide, [out, each * into, size]);
}
