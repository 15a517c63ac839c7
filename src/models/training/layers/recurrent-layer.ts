import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Gru, Lstm } from '../../networks/module.js';
import { tf } from '../tensorflow.js';
import type { Held } from './held.js';
import { parted, unstacked } from './parted.js';

type Tensor = InstanceType<typeof tf.Tensor>;

/**
 * A bidirectional GRU with summed halves over x [B, C, T], unrolled; `state` [2, B, C] or zeros.
 * Both directions are one batched product per frame.
 */
export function applyGru(gru: Gru, held: Held, x: Tensor, state: Tensor | undefined): Tensor {
  const [batch, size, frames] = x.shape as [number, number, number];
  const sequence = tf.reshape(tf.transpose(x, [2, 0, 1]), [frames * batch, size]) as Tensor2D;
  const heard = ['', '_reverse'].map((way) =>
    inputGates(gru, held, sequence, way, [frames, batch]),
  );
  // Both directions of a frame lie together, so that frames are cut without losing an axis.
  const both = tf.stack([heard[0] as Tensor, tf.reverse(heard[1] as Tensor, 0)], 1);
  const lines = tf.reshape(both, [frames * 2, batch, 3 * size]);
  const [outer, inner] = tf.split(lines, [2 * size, size], 2) as [Tensor, Tensor];
  const weights = twoWays(gru, held, 'weight_hh') as Tensor3D;
  const bias = tf.reshape(tf.slice(twoWays(gru, held, 'bias_hh'), [0, 2 * size], [2, size]), [
    2,
    1,
    size,
  ]);
  let h = (state ?? tf.zeros([2, batch, size])) as Tensor3D;
  const pairs = Array.from({ length: frames }, () => 2);
  const [outers, inners] = [parted(outer, pairs, 0), parted(inner, pairs, 0)];
  const states = outers.map((gates, t) => {
    const hidden = tf.matMul(h, weights, false, true);
    const [rz, n] = tf.split(hidden, [2 * size, size], 2) as [Tensor, Tensor];
    const [r, z] = tf.split(tf.sigmoid(tf.add(gates, rz)), 2, 2) as [Tensor, Tensor];
    const fresh = tf.tanh(tf.add(inners[t] as Tensor, tf.mul(r, tf.add(n, bias))));
    h = tf.add(fresh, tf.mul(z, tf.sub(h, fresh))) as Tensor3D;
    return h;
  });
  const spoken = tf.reshape(tf.concat(states, 0), [frames, 2, batch, size]);
  const [forward, backward] = unstacked(spoken, 1) as [Tensor, Tensor];
  return tf.transpose(tf.add(forward, tf.reverse(backward, 0)), [1, 2, 0]);
}

// What a direction hears, all frames at once, with every bias that does not pass the reset gate.
function inputGates(
  gru: Gru,
  held: Held,
  sequence: Tensor2D,
  way: string,
  [frames, batch]: readonly [number, number],
): Tensor {
  const part = (name: string): Tensor => held.value(`${gru.name}.${name}_l0${way}`);
  const { size } = gru;
  const open = tf.pad(tf.slice(part('bias_hh'), [0], [2 * size]), [[0, size]]);
  const gates = tf.fused.matMul({
    a: sequence,
    b: part('weight_ih') as Tensor2D,
    transposeB: true,
    bias: tf.add(part('bias_ih'), open),
  });
  return tf.reshape(gates, [frames, batch, 3 * size]);
}

function twoWays(gru: Gru, held: Held, name: string): Tensor {
  return tf.stack(['', '_reverse'].map((way) => held.value(`${gru.name}.${name}_l0${way}`)));
}

/** A stack of LSTM layers over x [B, S, I], unrolled; h and c [layers, B, H] or zeros. */
export function applyLstm(
  lstm: Lstm,
  held: Held,
  x: Tensor,
  states: readonly (Tensor | undefined)[],
): readonly [y: Tensor, h: Tensor, c: Tensor] {
  const [batch, frames] = x.shape as [number, number];
  let sequence = tf.reshape(tf.transpose(x, [1, 0, 2]), [frames * batch, lstm.in]) as Tensor2D;
  const [hs, cs] = states.map((state) => (state ? unstacked(state) : undefined));
  const ends = Array.from({ length: lstm.layers }, (_, layer) => {
    const zeros = tf.zeros([batch, lstm.hidden]);
    const start = [hs?.[layer] ?? zeros, cs?.[layer] ?? zeros] as const;
    const { outputs, h, c } = lstmLayer(lstm, held, sequence, { layer, batch, start });
    sequence = tf.concat(outputs as Tensor2D[], 0);
    return { h, c };
  });
  const y = tf.transpose(tf.reshape(sequence, [frames, batch, lstm.hidden]), [1, 0, 2]);
  return [y, tf.stack(ends.map(({ h }) => h)), tf.stack(ends.map(({ c }) => c))];
}

interface LayerStart {
  readonly layer: number;
  readonly batch: number;
  readonly start: readonly [h: Tensor, c: Tensor];
}

function lstmLayer(
  lstm: Lstm,
  held: Held,
  sequence: Tensor2D,
  { layer, batch, start }: LayerStart,
): { readonly outputs: readonly Tensor[]; readonly h: Tensor; readonly c: Tensor } {
  const part = (name: string): Tensor => held.value(`${lstm.name}.${name}_l${layer}`);
  const { hidden } = lstm;
  const heard = tf.fused.matMul({
    a: sequence,
    b: part('weight_ih') as Tensor2D,
    transposeB: true,
    bias: tf.add(part('bias_ih'), part('bias_hh')),
  });
  const weights = part('weight_hh') as Tensor2D;
  let [h, c] = start;
  const frames = Array.from({ length: sequence.shape[0] / batch }, () => batch);
  const outputs = parted(heard, frames, 0).map((bias) => {
    const gates = tf.fused.matMul({ a: h as Tensor2D, b: weights, transposeB: true, bias });
    const [both, fresh, open] = tf.split(gates, [2 * hidden, hidden, hidden], 1) as Tensor2D[];
    const [enter, keep] = tf.split(tf.sigmoid(both as Tensor2D), 2, 1) as [Tensor, Tensor];
    c = tf.add(tf.mul(keep, c), tf.mul(enter, tf.tanh(fresh as Tensor2D)));
    h = tf.mul(tf.sigmoid(open as Tensor2D), tf.tanh(c));
    return h;
  });
  return { outputs, h, c };
}
