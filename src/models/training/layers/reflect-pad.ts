import type { Tensor3D } from '@tensorflow/tfjs-core';
import { tf } from '../tensorflow.js';

/**
 * Reflects `size` frames at both ends of [B, C, T], without repeating the edge; `tail` zeros may
 * follow.
 */
// TensorFlow.js differentiates its own mirror padding wrongly: it forgets the reflected copies.
export function reflectPad(x: Tensor3D, size: number, tail = 0): Tensor3D {
  const pad = tf.customGrad((value) => ({
    value: padded(value as Tensor3D, size, tail),
    gradFunc: (dy) => folded(dy as Tensor3D, size, tail),
  }));
  return pad(x) as Tensor3D;
}

function padded(x: Tensor3D, size: number, tail: number): Tensor3D {
  const length = x.shape[2];
  const before = tf.reverse(part(x, 1, size), 2);
  const after = tf.reverse(part(x, length - 1 - size, size), 2);
  const zeros = tf.zeros([x.shape[0], x.shape[1], tail]) as Tensor3D;
  return tf.concat(tail > 0 ? [before, x, after, zeros] : [before, x, after], 2);
}

// Each copy's share returns to the frame it was copied from. Short signals add whole lines;
// long ones touch only their ends.
function folded(dy: Tensor3D, size: number, tail: number): Tensor3D {
  const length = dy.shape[2] - 2 * size - tail;
  const before = tf.reverse(part(dy, 0, size), 2);
  const after = tf.reverse(part(dy, size + length, size), 2);
  if (length < 2 * size + 3) {
    const first = tf.pad(before, [
      [0, 0],
      [0, 0],
      [1, length - 1 - size],
    ]);
    const last = tf.pad(after, [
      [0, 0],
      [0, 0],
      [length - 1 - size, 1],
    ]);
    return tf.add(tf.add(part(dy, size, length), first), last);
  }
  return tf.concat(
    [
      part(dy, size, 1),
      tf.add(part(dy, size + 1, size), before),
      part(dy, 2 * size + 1, length - 2 * size - 2),
      tf.add(part(dy, length - 1, size), after),
      part(dy, size + length - 1, 1),
    ],
    2,
  );
}

function part(x: Tensor3D, from: number, count: number): Tensor3D {
  return tf.slice(x, [0, 0, from], [x.shape[0], x.shape[1], count]);
}
