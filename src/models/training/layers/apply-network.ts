import type { Network, Step, Value } from '../../networks/network.js';
import type { Symbols } from '../engine.js';
import { tf } from '../tensorflow.js';
import {
  applyLinear,
  type Attending,
  attend,
  future,
  type Heard,
  withPositions,
} from './attention-layer.js';
import { convolve, upConvolve } from './convolution-layer.js';
import { type Drops, dropped, droppedWeights } from './dropout.js';
import { halve } from './halve.js';
import type { Held } from './held.js';
import { kernelOf } from './kernel-norm.js';
import { normalise } from './norm-layer.js';
import { applyGru, applyLstm } from './recurrent-layer.js';

type Tensor = InstanceType<typeof tf.Tensor>;

/** What enters a network: tensors by gate, and how many steps a sequencer looks ahead. */
export interface NetworkFeeds {
  readonly tensors: Symbols;
  readonly steps?: number;
  /** Masks of what is dropped; nothing is unless told. */
  readonly drops?: Drops;
  /** What earlier frames left behind, where a causal network hears on from them; renewed. */
  readonly past?: Past;
}

/** What a causal network keeps of the frames it heard: its attentions' keys and values. */
export interface Past {
  readonly frames: number;
  readonly heard: Map<Value, Heard>;
}

/**
 * Applies a network's description with TensorFlow.js operations, so that it can be differentiated:
 * the same data from which inference graphs are written. Missing initial states are zeros.
 */
export function applyNetwork(network: Network, held: Held, feeds: NetworkFeeds): Symbols {
  const values = new Map<Value, Tensor>(Object.entries(feeds.tensors));
  for (const step of network.steps) {
    const results = applyStep(step, held, values, feeds);
    step.outputs.forEach((name, i) => values.set(name, said(step, results[i] as Tensor, feeds)));
  }
  return Object.fromEntries(network.outputs.map(({ name }) => [name, values.get(name) as Tensor]));
}

function applyStep(
  step: Step,
  held: Held,
  values: ReadonlyMap<Value, Tensor>,
  feeds: NetworkFeeds,
): readonly Tensor[] {
  const [x, y, z] = step.inputs.map((name) => values.get(name)) as [Tensor, Tensor, Tensor];
  switch (step.op) {
    case 'lstm':
      return applyLstm(step.module, held, x, [y, z]);
    case 'conv':
      return [convolve(step.module, kernelOf(step.module, held), biasOf(step, held), x)];
    case 'up-conv':
      return [upConvolve(step.module, kernelOf(step.module, held), biasOf(step, held), x)];
    case 'gru':
      return [applyGru(step.module, held, x, y)];
    case 'norm':
      return [normalise(step.module, held, x)];
    case 'linear':
      return [applyLinear(step.module, held, x)];
    case 'attention':
      return [attend(step.module, held, [x, y], attendingOf(step, feeds))];
    case 'with-positions':
      return [withPositions(step.module, x, feeds.past?.frames)];
    case 'future':
      return [future(step.module, x, feeds.steps ?? 1, step.features)];
    case 'sum':
    case 'mean':
      return [combined(step, values)];
    default:
      return [shaped(step, x)];
  }
}

function said(step: Step, value: Tensor, { drops, past }: NetworkFeeds): Tensor {
  if (!step.drops || drops === undefined) return value;
  return dropped(drops, step.outputs[0] as Value, value, past?.frames);
}

function attendingOf(
  { mask, drops: any, outputs }: Extract<Step, { op: 'attention' }>,
  { drops, past }: NetworkFeeds,
): Attending {
  const [name] = outputs as [Value];
  const before = past?.heard.get(name);
  return {
    mask,
    ...(before && { before }),
    ...(past && { keep: (heard) => void past.heard.set(name, heard) }),
    ...(any && drops && { drop: (x) => droppedWeights(drops, name, x, past?.frames) }),
  };
}

function biasOf({ module }: { readonly module: { readonly name: string } }, held: Held): Tensor {
  return held.value(`${module.name}.bias`);
}

function combined(step: Step, values: ReadonlyMap<Value, Tensor>): Tensor {
  const parts = step.inputs.map((name) => values.get(name) as Tensor);
  const sum = parts.reduce((a, b) => tf.add(a, b));
  return step.op === 'mean' ? tf.mul(sum, 1 / parts.length) : sum;
}

type Shaping = Exclude<Step, { module: unknown } | { op: 'sum' | 'mean' }>;

function shaped(step: Shaping, x: Tensor): Tensor {
  switch (step.op) {
    case 'leaky-relu':
      return tf.leakyRelu(x, step.slope);
    case 'relu':
      return tf.relu(x);
    case 'tanh':
      return tf.tanh(x);
    case 'repeat':
      return repeated(x, step.times);
    case 'to-plane':
      return tf.expandDims(x, 1);
    case 'from-plane':
      return tf.reshape(x, [x.shape[0] as number, step.channels, x.shape[3] as number]);
    case 'halve':
      return halve(x);
    case 'first':
      return tf.slice(x, [0, 0, 0], [...x.shape.slice(0, 2), step.count]);
    case 'name':
      return x;
    default:
      throw new Error(`the step ${step.op} is not built`);
  }
}

function repeated(x: Tensor, times: number): Tensor {
  const [batch, channels, length] = x.shape as [number, number, number];
  const single = tf.reshape(x, [batch, channels, length, 1]);
  const wide = tf.mul(single, tf.ones([1, 1, 1, times]));
  return tf.reshape(wide, [batch, channels, length * times]);
}
