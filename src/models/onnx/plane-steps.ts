import type { Weights } from '../networks/kind.js';
import type { Value } from '../networks/network.js';
import type { FusedStep } from './fusion.js';
import type { GraphWriter } from './graph.js';
import { writePlaneConv, writePlaneLeaky, writePlaneUp } from './planes.js';
import type { Edges } from './planes.js';
import type { Tail } from './tail.js';

/** Writes the steps of a tail over planes x [B, C, 1, T] and names what comes out of the last. */
export function writePlanes(
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
