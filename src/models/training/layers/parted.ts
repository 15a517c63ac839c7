import { tf } from '../tensorflow.js';

type Tensor = InstanceType<typeof tf.Tensor>;

// TensorFlow.js fails to differentiate a split or an unstacking into one part: there it hands the
// gradient one tensor where a list is expected.

/** The parts of these sizes along an axis. */
export function parted(x: Tensor, sizes: readonly number[], axis: number): readonly Tensor[] {
  return sizes.length === 1 ? [x] : tf.split(x, [...sizes], axis);
}

/** The slices along an axis, without that axis. */
export function unstacked(x: Tensor, axis = 0): readonly Tensor[] {
  if (x.shape[axis] === 1) return [tf.squeeze(x, [axis])];
  return tf.unstack(x, axis);
}
