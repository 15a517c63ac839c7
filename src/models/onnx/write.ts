import type { NetworkConfig } from '../networks/config.js';
import { describe } from '../networks/describe.js';
import type { NetworkKind, Weights } from '../networks/kind.js';
import type { Step } from '../networks/network.js';
import { writeAttention, writeFuture, writeLinear, writePositions } from './attention.js';
import { writeConv, writeUpConv } from './convolution.js';
import { GraphWriter } from './graph.js';
import { writeNorm } from './norm.js';
import { writeGru, writeLstm } from './recurrence.js';
import { tailOf } from './tail.js';
import { writeTail } from './vocoder.js';

/** What a network is made of. */
export interface NetworkParts {
  readonly kind: NetworkKind;
  readonly config: NetworkConfig;
  readonly weights: Weights;
}

/** `fast` is arranged for ONNX Runtime's processors; `plain` is one ONNX node per step. */
export type Style = 'fast' | 'plain';

/**
 * Writes a network as an ONNX model (IR 8, opset 17) with its norms folded into the kernels and a
 * free batch and time axis. Throws a UserError when the weights lack a key.
 */
export function writeOnnx(
  { kind, config, weights }: NetworkParts,
  style: Style = 'fast',
): Uint8Array {
  const network = describe(kind, config);
  const graph = new GraphWriter();
  const tail = style === 'fast' ? tailOf(network) : undefined;
  for (const step of tail?.head ?? network.steps) writeStep(graph, step, weights);
  if (tail) writeTail(graph, tail, weights);
  return graph.encode(kind, network.inputs, network.outputs);
}

function writeStep(graph: GraphWriter, step: Step, weights: Weights): void {
  if (step.op === 'lstm') return writeLstm(graph, step.module, weights, step.inputs, step.outputs);
  const value = valueOf(graph, step, weights);
  graph.node('Identity', [value], { outputs: step.outputs });
}

function valueOf(
  graph: GraphWriter,
  step: Exclude<Step, { op: 'lstm' }>,
  weights: Weights,
): string {
  const [x, y] = step.inputs as [string, string];
  switch (step.op) {
    case 'conv':
      return writeConv(graph, step.module, weights, x);
    case 'up-conv':
      return writeUpConv(graph, step.module, weights, x);
    case 'gru':
      return writeGru(graph, step.module, weights, x, step.inputs[1]);
    case 'norm':
      return writeNorm(graph, step.module, weights, x);
    case 'linear':
      return writeLinear(graph, step.module, weights, x);
    case 'attention':
      return writeAttention(graph, step.module, weights, [x, y], step.mask);
    case 'with-positions':
      return writePositions(graph, step.module, weights, x);
    case 'future':
      return writeFuture(graph, step.module, weights, [x, y], step.features);
    default:
      return writeShaping(graph, step);
  }
}

type Shaping = Exclude<Step, { module: unknown }>;

function writeShaping(graph: GraphWriter, step: Shaping): string {
  const x = step.inputs[0] as string;
  switch (step.op) {
    case 'leaky-relu':
      return graph.node('LeakyRelu', [x], { attributes: { alpha: { float: step.slope } } });
    case 'relu':
      return graph.node('Relu', [x]);
    case 'tanh':
      return graph.node('Tanh', [x]);
    case 'sum':
      return added(graph, step.inputs);
    case 'mean':
      return graph.node('Mul', [added(graph, step.inputs), graph.scalar(1 / step.inputs.length)]);
    case 'repeat':
      return repeat(graph, x, step.times);
    case 'to-plane':
      return graph.node('Unsqueeze', [x, graph.ints([1])]);
    case 'from-plane':
      return graph.node('Reshape', [x, graph.ints([0, step.channels, -1])]);
    case 'halve':
      return graph.node('AveragePool', [x], {
        attributes: { kernel_shape: [4], strides: [2], pads: [1, 1], count_include_pad: 0 },
      });
    case 'first':
      return graph.node('Slice', [x, ...[[0], [step.count], [2]].map((n) => graph.ints(n))]);
    case 'name':
      return x;
  }
}

function added(graph: GraphWriter, inputs: readonly string[]): string {
  return inputs.reduce((sum, next) => graph.node('Add', [sum, next]));
}

// Every frame [B, C, T, 1] is widened to [B, C, T, times] and laid out again.
function repeat(graph: GraphWriter, x: string, times: number): string {
  const single = graph.node('Unsqueeze', [x, graph.ints([3])]);
  const copies = Array.from({ length: times }, () => single);
  const wide = graph.node('Concat', copies, { attributes: { axis: 3 } });
  return graph.node('Reshape', [
    wide,
    graph.node(
      'Concat',
      [graph.node('Shape', [x], { attributes: { start: 0, end: 2 } }), graph.ints([-1])],
      { attributes: { axis: 0 } },
    ),
  ]);
}
