import type { Network, Step, Value } from '../networks/network.js';
import { fuse } from './fusion.js';
import type { FusedStep } from './fusion.js';
import { delayOf } from './planes.js';

/** The part of a vocoder from its first upsampling on, where nearly all of its computing is. */
export interface Tail {
  readonly head: readonly Step[];
  readonly steps: readonly FusedStep[];
  readonly input: Value;
  /** The channels of every value of the tail. */
  readonly channels: ReadonlyMap<Value, number>;
  readonly reach: Reach;
}

/** How far a tail hears, in samples of its output. */
export interface Reach {
  /** Samples per frame. */
  readonly scale: number;
  /** Samples to either side that a sample may depend on. */
  readonly samples: number;
  /** Samples the tail is late by when its edges are zero. */
  readonly delay: number;
  readonly reflects: boolean;
}

/** Splits a network at its first upsampling; undefined when it has none. */
export function tailOf(network: Network): Tail | undefined {
  const at = network.steps.findIndex(({ op }) => op === 'up-conv');
  if (at < 0) return undefined;
  const steps = network.steps.slice(at);
  return {
    head: network.steps.slice(0, at),
    steps: fuse(steps),
    input: steps[0]!.inputs[0] as Value,
    channels: channelsOf(steps),
    reach: reachOf(steps),
  };
}

function channelsOf(steps: readonly Step[]): ReadonlyMap<Value, number> {
  const channels = new Map<Value, number>();
  for (const step of steps) {
    const known = channels.get(step.inputs[0] as Value);
    const count = step.op === 'conv' || step.op === 'up-conv' ? step.module.out : known;
    if (count !== undefined) channels.set(step.outputs[0] as Value, count);
  }
  return channels;
}

function reachOf(steps: readonly Step[]): Reach {
  const samples = new Map<Value, number>();
  let [scale, delay, reflects] = [1, 0, false];
  for (const step of steps) {
    let reach = Math.max(...step.inputs.map((value) => samples.get(value) ?? 0));
    if (step.op === 'conv') {
      reach += step.module.padding[0] as number;
      reflects ||= step.module.padMode === 'reflect';
    } else if (step.op === 'up-conv') {
      const { stride, kernel } = step.module;
      [reach, scale, delay] = [
        reach * stride + kernel,
        scale * stride,
        delay * stride + delayOf(step.module),
      ];
    }
    samples.set(step.outputs[0] as Value, reach);
  }
  return { scale, samples: samples.get(steps.at(-1)!.outputs[0] as Value)!, delay, reflects };
}
