import type { Tensor } from '../../core/index.js';
import type { Weights } from '../networks/kind.js';
import type { Gru, Lstm } from '../networks/module.js';
import { weightOf } from './fold.js';
import type { GraphWriter } from './graph.js';

/** PyTorch's gate blocks in the order that ONNX wants: r, z, n to z, r, h. */
const GRU_GATES = [1, 0, 2] as const;
/** PyTorch's i, f, g, o to ONNX's i, o, f, c. */
const LSTM_GATES = [0, 3, 1, 2] as const;

/**
 * Writes a bidirectional GRU with summed halves over x [B, C, T]; `state` [2, B, C] may be absent.
 * PyTorch keeps the reset gate outside the hidden product: `linear_before_reset`.
 */
export function writeGru(
  graph: GraphWriter,
  gru: Gru,
  weights: Weights,
  x: string,
  state: string | undefined,
): string {
  const names = ['_l0', '_l0_reverse'].map((tail) => ({ prefix: `${gru.name}.`, tail }));
  const sequence = graph.node('Transpose', [x], { attributes: { perm: [2, 0, 1] } });
  const inputs = [sequence, ...packed(graph, names, GRU_GATES, weights), '', state ?? ''];
  const attributes = { hidden_size: gru.size, direction: 'bidirectional', linear_before_reset: 1 };
  const both = graph.node('GRU', inputs, { attributes });
  const sum = graph.node('ReduceSum', [both, graph.ints([1])], { attributes: { keepdims: 0 } });
  return graph.node('Transpose', [sum], { attributes: { perm: [1, 2, 0] } });
}

/** Writes a stack of LSTM layers over x [B, S, I]; `states` are h and c [layers, B, H], or none. */
export function writeLstm(
  graph: GraphWriter,
  lstm: Lstm,
  weights: Weights,
  [x, h, c]: readonly string[],
  outputs: readonly string[],
): void {
  let sequence = graph.node('Transpose', [x as string], { attributes: { perm: [1, 0, 2] } });
  const last: string[][] = [[], []];
  for (let layer = 0; layer < lstm.layers; layer++) {
    const names = [{ prefix: `${lstm.name}.`, tail: `_l${layer}` }];
    const states = [h, c].map((state) => (state ? layerOf(graph, state, layer) : ''));
    const inputs = [sequence, ...packed(graph, names, LSTM_GATES, weights), '', ...states];
    const ends = [0, 1, 2].map((i) => `${outputs[0]}_${layer}_${i}`);
    graph.node('LSTM', inputs, { attributes: { hidden_size: lstm.hidden }, outputs: ends });
    sequence = graph.node('Squeeze', [ends[0] as string, graph.ints([1])]);
    last[0]!.push(ends[1] as string);
    last[1]!.push(ends[2] as string);
  }
  graph.node('Transpose', [sequence], {
    attributes: { perm: [1, 0, 2] },
    outputs: [outputs[0] as string],
  });
  last.forEach((parts, i) => {
    graph.node('Concat', parts, { attributes: { axis: 0 }, outputs: [outputs[i + 1] as string] });
  });
}

function layerOf(graph: GraphWriter, state: string, layer: number): string {
  const bounds = [layer, layer + 1].map((n) => graph.ints([n]));
  return graph.node('Slice', [state, ...bounds, graph.ints([0])]);
}

// W [directions, gates·H, I], R [directions, gates·H, H], B [directions, 2·gates·H].
function packed(
  graph: GraphWriter,
  names: readonly { readonly prefix: string; readonly tail: string }[],
  gates: readonly number[],
  weights: Weights,
): readonly string[] {
  const part = (kind: string): readonly Tensor[] =>
    names.map(({ prefix, tail }) => reordered(weightOf(weights, `${prefix}${kind}${tail}`), gates));
  const [w, r] = [part('weight_ih'), part('weight_hh')];
  const [inputBias, hiddenBias] = [part('bias_ih'), part('bias_hh')];
  const biases = inputBias.flatMap((bias, i) => [bias, hiddenBias[i] as Tensor]);
  const count = names.length;
  const rows = inputBias[0]!.data.length;
  return [
    graph.floats([count, ...w[0]!.shape], joined(w)),
    graph.floats([count, ...r[0]!.shape], joined(r)),
    graph.floats([count, 2 * rows], joined(biases)),
  ];
}

function reordered({ shape, data }: Tensor, gates: readonly number[]): Tensor {
  const size = data.length / gates.length;
  return {
    shape,
    data: joined(
      gates.map((gate) => ({
        shape: [size],
        data: data.subarray(gate * size, (gate + 1) * size),
      })),
    ),
  };
}

function joined(parts: readonly Tensor[]): Float32Array {
  const all = new Float32Array(parts.reduce((size, { data }) => size + data.length, 0));
  let at = 0;
  for (const { data } of parts) {
    all.set(data, at);
    at += data.length;
  }
  return all;
}
