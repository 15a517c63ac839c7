import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { positionTable } from '../../networks/initial.js';
import type { Attention, Linear, Positions } from '../../networks/module.js';
import type { Mask } from '../../networks/network.js';
import { tf } from '../tensorflow.js';
import type { Held } from './held.js';

type Tensor = InstanceType<typeof tf.Tensor>;

// Far enough below any logit to be nothing after the softmax, and finite, so gradients stay so.
const HIDDEN = -1e9;

/** A dense layer on the last axis of [B, S, in]. */
export function applyLinear(linear: Linear, held: Held, x: Tensor): Tensor {
  const weight = held.value(`${linear.name}.weight`);
  return dense(x, weight, held.value(`${linear.name}.bias`));
}

/** Keys and values that an attention heard, both [B·heads, S, width/heads]. */
export type Heard = readonly [keys: Tensor, values: Tensor];

/** How an attention hears. */
export interface Attending {
  readonly mask: Mask;
  /** What it heard of earlier frames, which come before those of the memory. */
  readonly before?: Heard;
  /** Is handed what it has heard by now. */
  readonly keep?: (heard: Heard) => void;
  /** Drops some of its weights [B·heads, queries, keys]. */
  readonly drop?: (weights: Tensor) => Tensor;
}

/** Multi-head attention of queries over a memory, scaled by 1/√(width/heads). */
export function attend(
  at: Attention,
  held: Held,
  [query, memory]: readonly [Tensor, Tensor],
  { mask, before, keep, drop }: Attending,
): Tensor {
  const { width, heads } = at;
  const size = width / heads;
  const [q, ...latest] = projected(at, held, query, memory).map((x) => {
    const [batch, length] = x.shape as [number, number];
    const apart = tf.transpose(tf.reshape(x, [batch, length, heads, size]), [0, 2, 1, 3]);
    return tf.reshape(apart, [batch * heads, length, size]) as Tensor3D;
  }) as [Tensor3D, Tensor3D, Tensor3D];
  const [k, v] = before ? latest.map((x, i) => tf.concat([before[i] as Tensor3D, x], 1)) : latest;
  keep?.([k, v] as [Tensor3D, Tensor3D]);
  // Scaling the queries is scaling the logits, of which there are more.
  const logits = tf.matMul(tf.mul(q, 1 / Math.sqrt(size)) as Tensor3D, k as Tensor3D, false, true);
  const weights = tf.softmax(seen(logits, mask));
  const heard = tf.matMul((drop ? drop(weights) : weights) as Tensor3D, v as Tensor3D);
  const [batch, length] = query.shape as [number, number];
  const joined = tf.transpose(tf.reshape(heard, [batch, heads, length, size]), [0, 2, 1, 3]);
  const out = { type: 'linear', name: `${at.name}.out_proj`, in: width, out: width } as const;
  return applyLinear(out, held, tf.reshape(joined, [batch, length, width]));
}

/** Joins [B, S, n] with S positions, from the first one unless told. */
export function withPositions(at: Positions, x: Tensor, from = 0): Tensor {
  const [batch, length] = x.shape as [number, number];
  return tf.concat([x as Tensor3D, positions(at, batch, from, length)], 2);
}

/** Zeros [B, steps, features] joined with the positions after those of x [B, S, n]. */
export function future(at: Positions, x: Tensor, steps: number, features: number): Tensor {
  const [batch, length] = x.shape as [number, number];
  const zeros = tf.zeros([batch, steps, features]) as Tensor3D;
  return tf.concat([zeros, positions(at, batch, length, steps)], 2);
}

function projected(at: Attention, held: Held, query: Tensor, memory: Tensor): readonly Tensor[] {
  const { width } = at;
  const weight = held.value(`${at.name}.in_proj_weight`);
  const bias = held.value(`${at.name}.in_proj_bias`);
  if (query === memory) return tf.split(dense(query, weight, bias), 3, 2);
  const [wq, wkv] = tf.split(weight, [width, 2 * width], 0) as [Tensor, Tensor];
  const [bq, bkv] = tf.split(bias, [width, 2 * width], 0) as [Tensor, Tensor];
  return [dense(query, wq, bq), ...tf.split(dense(memory, wkv, bkv), 2, 2)];
}

function dense(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const [out, into] = weight.shape as [number, number];
  const rows = tf.reshape(x, [x.size / into, into]) as Tensor2D;
  const y = tf.fused.matMul({ a: rows, b: weight as Tensor2D, transposeB: true, bias });
  return tf.reshape(y, [...x.shape.slice(0, -1), out]);
}

function positions(at: Positions, batch: number, from: number, count: number): Tensor3D {
  const table = positionTable(from + count, at.width).subarray(from * at.width);
  const rows = tf.tensor(table, [1, count, at.width]) as Tensor3D;
  return tf.mul(rows, tf.ones([batch, 1, 1])) as Tensor3D;
}

// The last query stands at the last key, whether or not there were keys before those of its frames.
function seen(logits: Tensor, mask: Mask): Tensor {
  const [, queries, keys] = logits.shape as [number, number, number];
  if (mask === 'none' || queries < Math.min(2, keys)) return logits;
  const added = mask === 'causal' ? HIDDEN : 1;
  const before = keys - queries;
  const values = new Float32Array(queries * keys);
  for (let q = 0; q < queries; q++) values.fill(added, q * keys + before + q + 1, (q + 1) * keys);
  return tf.add(logits, tf.tensor(values, [1, queries, keys]));
}
