import type { Conv } from '../../networks/module.js';
import { tf } from '../tensorflow.js';
import {
  GROUPED_CONV,
  GROUPED_CONV_INPUT,
  GROUPED_CONV_KERNEL,
} from '../trace/grouped-convolution.js';

type Tensor = InstanceType<typeof tf.Tensor>;
type Apply = (kernel: Tensor, bias: Tensor, x: Tensor) => Tensor;

/** More bundles than this cost more in bookkeeping than their zeros cost in multiplication. */
const BUNDLES_MAX = 16;

/**
 * A grouped convolution, which TensorFlow.js lacks. The recording backend has kernels for it;
 * elsewhere the groups are convolved in turn, and where there are many, several share one kernel
 * whose foreign weights are zero.
 */
export function grouped(conv: Conv, kernel: Tensor, bias: Tensor, x: Tensor, apply: Apply): Tensor {
  const plain = conv.dilation[0] === 1 && conv.padMode === 'zero';
  if (plain && tf.getKernel(GROUPED_CONV, tf.getBackend())) {
    return tf.add(recorded(conv, kernel, x), tf.reshape(bias, [1, conv.out, 1]));
  }
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

function recorded(conv: Conv, kernel: Tensor, x: Tensor): Tensor {
  const [stride, padding] = [conv.stride[0] as number, conv.padding[0] as number];
  const attributes = { groups: conv.groups, stride, padding };
  const run = (name: string, inputs: Inputs, size: number): Tensor =>
    tf.engine().runKernel(name, { ...inputs }, { ...attributes, size });
  const apply = tf.customGrad((signal, weights, save) => {
    const [input, window] = [signal as Tensor, weights as Tensor];
    const [length, taps] = [input.shape[2] as number, window.shape[2] as number];
    (save as (kept: Tensor[]) => void)([input, window]);
    return {
      value: run(GROUPED_CONV, { x: input, kernel: window }, 0),
      gradFunc: (dy, [kept, held]) => [
        run(GROUPED_CONV_INPUT, { dy: dy as Tensor, kernel: held as Tensor }, length),
        run(GROUPED_CONV_KERNEL, { x: kept as Tensor, dy: dy as Tensor }, taps),
      ],
    };
  });
  return apply(x, kernel);
}

type Inputs = Readonly<Record<string, Tensor>>;

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
