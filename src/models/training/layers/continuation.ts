import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { Network } from '../../networks/network.js';
import type { Symbols } from '../engine.js';
import { tf } from '../tensorflow.js';
import { applyNetwork, type Past } from './apply-network.js';
import type { Drops } from './dropout.js';
import type { Held } from './held.js';

type Tensor = InstanceType<typeof tf.Tensor>;

/** A window [B, S, d] and how many frames follow it, the first of which the window itself gives. */
export interface Continued {
  readonly window: Tensor;
  readonly steps: number;
  readonly drops?: Drops;
}

/** Hears frames [B, n, d] after all before; says as many. */
type Hear = (frames: Tensor) => Tensor;

/**
 * What a sequencer that answers every frame says of a window, and then, as when it plays, of its
 * own last answers: [B, S + steps − 1, d]. The loss of it flows back through all of them.
 */
export function continued(
  network: Network,
  held: Held,
  { window, steps, drops }: Continued,
): Tensor {
  const hear = hearing(network, held, drops);
  const said = [hear(window)];
  while (said.length < steps) said.push(hear(lastOf(said.at(-1) as Tensor)));
  return said.length === 1 ? (said[0] as Tensor) : tf.concat(said as Tensor3D[], 1);
}

function hearing(network: Network, held: Held, drops: Drops | undefined): Hear {
  const feeds = drops === undefined ? {} : { drops };
  const says = (tensors: Symbols, past?: Past): Symbols =>
    applyNetwork(network, held, { tensors, ...feeds, ...(past && { past }) });
  if (network.inputs.some(({ name }) => name === 'h')) return withStates(says);
  const causal = network.steps.every((step) => step.op !== 'attention' || step.mask === 'causal');
  return causal ? withPast(says) : again(says);
}

type Says = (tensors: Symbols, past?: Past) => Symbols;

function withStates(says: Says): Hear {
  let states: Symbols = {};
  return (window) => {
    const { forward, next_h: h, next_c: c } = says({ window, ...states });
    states = { h: h as Tensor, c: c as Tensor };
    return forward as Tensor;
  };
}

// What a causal network said of earlier frames no later one changes: only new frames are computed.
function withPast(says: Says): Hear {
  let past: Past = { frames: 0, heard: new Map() };
  return (window) => {
    const { forward } = says({ window }, past);
    past = { ...past, frames: past.frames + (window.shape[1] as number) };
    return forward as Tensor;
  };
}

// A mask that lets the future through changes all that was said: everything is heard again.
function again(says: Says): Hear {
  const heard: Tensor3D[] = [];
  return (frames) => {
    heard.push(frames as Tensor3D);
    const { forward } = says({ window: heard.length === 1 ? frames : tf.concat(heard, 1) });
    return ending(forward as Tensor, frames.shape[1] as number);
  };
}

function lastOf(frames: Tensor): Tensor {
  return ending(frames, 1);
}

function ending(frames: Tensor, count: number): Tensor {
  const [batch, length, size] = frames.shape as [number, number, number];
  return length === count ? frames : tf.slice(frames, [0, length - count, 0], [batch, count, size]);
}
