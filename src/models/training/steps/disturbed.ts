import type { Tensor } from '@tensorflow/tfjs-core';
import type { Network } from '../../networks/network.js';
import type { Shapes, Symbols } from '../engine.js';
import { type AppliedSize, type Drops, dropShapes } from '../layers/dropout.js';
import { tf } from '../tensorflow.js';

/** How a sequencer is disturbed while it learns (anatomy §8.3); nothing of it unless told. */
export interface Disturbance {
  /** The share of values dropped inside the network, where its kind has places for it. */
  readonly dropout?: number;
  /** The share of whole frames dropped of what it hears. */
  readonly timestepDropout?: number;
  /** The deviation of normal noise on what it hears, in deviations of the corpus. */
  readonly inputNoise?: number;
}

/** What a disturbed step hears beside its window [B, heard, d]; nothing where nothing disturbs. */
export function disturbanceShapes(
  network: Network,
  { dropout = 0, timestepDropout = 0, inputNoise = 0 }: Disturbance,
  window: readonly [batch: number, heard: number, size: number],
  applied: AppliedSize,
): Shapes {
  return {
    ...(timestepDropout > 0 ? { frames: [window[0], window[1], 1] } : {}),
    ...(inputNoise > 0 ? { noise: window } : {}),
    ...(dropout > 0 ? dropShapes(network, applied) : {}),
  };
}

/** The window as a disturbed step hears it: frames dropped first, then noise. */
export function disturbed(window: Tensor, { frames, noise }: Symbols): Tensor {
  const left = frames === undefined ? window : tf.mul(window, frames);
  return noise === undefined ? left : tf.add(left, noise);
}

/** The masks inside the network, where there are any. */
export function dropsOf(batch: Symbols): { readonly drops?: Drops } {
  const drops = Object.entries(batch).filter(([name]) => name.startsWith('drop.'));
  return drops.length === 0 ? {} : { drops: Object.fromEntries(drops) };
}
