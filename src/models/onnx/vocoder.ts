import type { Weights } from '../networks/kind.js';
import type { Network, Step, Value } from '../networks/network.js';
import { fuse } from './fusion.js';
import type { FusedStep } from './fusion.js';
import type { GraphWriter } from './graph.js';
import { delayOf, writePlaneConv, writePlaneLeaky, writePlaneUp } from './planes.js';
import type { Edges } from './planes.js';

/** The part of a vocoder from its first upsampling on, where nearly all of its computing is. */
export interface Tail {
  readonly head: readonly Step[];
  readonly steps: readonly FusedStep[];
  readonly input: Value;
  /** The channels of every value of the tail. */
  readonly channels: ReadonlyMap<Value, number>;
  readonly reach: Reach;
}

interface Reach {
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

/**
 * Writes a tail over planes. Where its convolutions reflect at the ends, the whole is computed with
 * zeros there, and the few frames at either end that this spoils come from short pieces with true
 * reflections: the layout of the long signal is never broken.
 */
export function writeTail(graph: GraphWriter, tail: Tail, weights: Weights): void {
  const x = graph.node('Unsqueeze', [tail.input, graph.ints([2])]);
  const planes = tail.reach.reflects
    ? spliced(graph, tail, weights, x)
    : writePlanes(graph, tail, weights, x, 'exact');
  const outputs = tail.steps.at(-1)!.outputs;
  graph.node('Squeeze', [planes, graph.ints([2])], { outputs });
}

function spliced(graph: GraphWriter, tail: Tail, weights: Weights, x: string): string {
  const { scale, samples, delay } = tail.reach;
  const frames = Math.ceil((samples + delay) / scale);
  const cut = frames * scale;
  const time = (value: string, from: number, to: number): string =>
    graph.node('Slice', [value, graph.ints([from]), graph.ints([to]), graph.ints([3])]);
  const ends = [time(x, 0, 2 * frames), time(x, -2 * frames, END)];
  const pair = graph.node('Concat', ends, { attributes: { axis: 0 } });
  const whole = writePlanes(graph, tail, weights, x, 'zero');
  const edges = writePlanes(graph, tail, weights, pair, 'exact');
  const [left, right] = [`${edges}_left`, `${edges}_right`];
  graph.node('Split', [edges], { attributes: { axis: 0 }, outputs: [left, right] });
  const parts = [time(left, 0, cut), time(whole, cut + delay, delay - cut), time(right, cut, END)];
  return graph.node('Concat', parts, { attributes: { axis: 3 } });
}

const END = Number.MAX_SAFE_INTEGER;

function writePlanes(
  graph: GraphWriter,
  tail: Tail,
  weights: Weights,
  x: string,
  edges: Edges,
): string {
  const names = new Map<Value, string>([[tail.input, x]]);
  const heard = (value: Value | undefined): string => names.get(value as Value) as string;
  let last = x;
  for (const step of tail.steps) {
    const inputs = step.inputs.map(heard);
    last = writePlaneStep(graph, tail, weights, step, inputs, heard, edges);
    names.set(step.outputs[0] as Value, last);
  }
  return last;
}

function writePlaneStep(
  graph: GraphWriter,
  { channels }: Tail,
  weights: Weights,
  step: FusedStep,
  inputs: readonly string[],
  heard: (value: Value | undefined) => string,
  edges: Edges,
): string {
  const [x] = inputs as [string];
  switch (step.op) {
    case 'fused-conv': {
      const addend = step.addend === undefined ? undefined : heard(step.addend);
      return writePlaneConv(graph, { ...step, addend }, weights, x, edges);
    }
    case 'up-conv':
      return writePlaneUp(graph, step.module, weights, x, edges);
    case 'leaky-relu':
      return writePlaneLeaky(graph, step.slope, channels.get(step.inputs[0] as Value)!, x);
    case 'sum':
      return inputs.reduce((sum, next) => graph.node('Add', [sum, next]));
    case 'mean': {
      const sum = inputs.reduce((all, next) => graph.node('Add', [all, next]));
      return graph.node('Mul', [sum, graph.scalar(1 / inputs.length)]);
    }
    case 'tanh':
      return graph.node('Tanh', [x]);
    case 'name':
      return x;
    default:
      throw new RangeError(`a vocoder cannot hold the step ${step.op} after its first upsampling`);
  }
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
