import { tf } from '../tensorflow.js';

type Tensor = InstanceType<typeof tf.Tensor>;

/** Averages [B, C, T] over four samples every two, one beyond each edge, which is not counted. */
export function halve(x: Tensor): Tensor {
  const [batch, channels, length] = x.shape as [number, number, number];
  const even = 2 * Math.floor((length + 2) / 2);
  const padded = tf.pad(x, [
    [0, 0],
    [0, 0],
    [1, even - length - 1],
  ]);
  const pairs = tf.sum(tf.reshape(padded, [batch, channels, even / 2, 2]), 3);
  const count = even / 2 - 1;
  const first = tf.slice(pairs, [0, 0, 0], [batch, channels, count]);
  const second = tf.slice(pairs, [0, 0, 1], [batch, channels, count]);
  const shares = new Float32Array(count).fill(1 / 4);
  shares[0] = 1 / 3;
  if (even === length + 2) shares[count - 1] = count === 1 ? 1 / 2 : 1 / 3;
  return tf.mul(tf.add(first, second), tf.tensor(shares, [1, 1, count]));
}
