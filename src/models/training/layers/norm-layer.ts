import type { Norm } from '../../networks/module.js';
import { tf } from '../tensorflow.js';
import type { Held } from './held.js';

type Tensor = InstanceType<typeof tf.Tensor>;

const EPSILON = 1e-5;
/** PyTorch's: how much of a batch's statistics enters the running ones. */
const MOMENTUM = 0.1;

/** Group, batch or layer norm with PyTorch's epsilon; batch norm updates its statistics. */
export function normalise(norm: Norm, held: Held, x: Tensor): Tensor {
  const [weight, bias] = ['weight', 'bias'].map((part) => held.value(`${norm.name}.${part}`));
  if (norm.type === 'layer-norm') {
    return tf.add(tf.mul(centred(x, [-1]).value, weight as Tensor), bias as Tensor);
  }
  const shape = [norm.channels, ...x.shape.slice(2).map(() => 1)];
  const even = norm.type === 'group-norm' ? groupNormal(norm, x) : batchNormal(norm, held, x);
  return tf.add(
    tf.mul(even, tf.reshape(weight as Tensor, shape)),
    tf.reshape(bias as Tensor, shape),
  );
}

function groupNormal({ groups }: Norm, x: Tensor): Tensor {
  const [batch] = x.shape as [number];
  const folded = tf.reshape(x, [batch, groups, x.size / batch / groups]);
  return tf.reshape(centred(folded, [2]).value, x.shape);
}

function batchNormal(norm: Norm, held: Held, x: Tensor): Tensor {
  const shape = [norm.channels, ...x.shape.slice(2).map(() => 1)];
  const running = (part: string): string => `${norm.name}.running_${part}`;
  if (!held.training) {
    const mean = tf.reshape(held.value(running('mean')), shape);
    const variance = tf.reshape(held.value(running('var')), shape);
    return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, EPSILON)));
  }
  const axes = [0, ...x.shape.slice(2).map((_, i) => i + 2)];
  const { value, mean, variance } = centred(x, axes);
  const count = x.size / norm.channels;
  const unbiased = tf.mul(variance, count / Math.max(1, count - 1));
  for (const [part, now] of Object.entries({ mean, var: unbiased })) {
    const before = tf.mul(held.value(running(part)), 1 - MOMENTUM);
    const after = tf.mul(tf.reshape(now, [norm.channels]), MOMENTUM);
    held.update(running(part), tf.add(before, after));
  }
  return value;
}

function centred(
  x: Tensor,
  axes: number[],
): { readonly value: Tensor; readonly mean: Tensor; readonly variance: Tensor } {
  const mean = tf.mean(x, axes, true);
  const rest = tf.sub(x, mean);
  const variance = tf.mean(tf.square(rest), axes, true);
  return { value: tf.mul(rest, tf.rsqrt(tf.add(variance, EPSILON))), mean, variance };
}
