import type { Weights } from '../networks/kind.js';
import type { Attention, Linear, Positions } from '../networks/module.js';
import type { Mask } from '../networks/network.js';
import { weightOf } from './fold.js';
import type { GraphWriter } from './graph.js';

/** Writes a dense layer on the last axis of [B, S, in]. */
export function writeLinear(graph: GraphWriter, at: Linear, weights: Weights, x: string): string {
  const { data } = weightOf(weights, `${at.name}.weight`);
  const { data: bias } = weightOf(weights, `${at.name}.bias`);
  return dense(graph, x, data, bias, at.in);
}

/** Writes multi-head attention of queries over a memory, scaled by 1/√(width/heads). */
export function writeAttention(
  graph: GraphWriter,
  at: Attention,
  weights: Weights,
  [query, memory]: readonly [string, string],
  mask: Mask,
): string {
  const { width, heads } = at;
  const w = weightOf(weights, `${at.name}.in_proj_weight`).data;
  const b = weightOf(weights, `${at.name}.in_proj_bias`).data;
  const project = (x: string, i: number, perm: readonly number[]): string => {
    const [from, to] = [i * width, (i + 1) * width];
    const all = dense(graph, x, w.subarray(from * width, to * width), b.subarray(from, to), width);
    const split = graph.node('Reshape', [all, graph.ints([0, 0, heads, width / heads])]);
    return graph.node('Transpose', [split], { attributes: { perm } });
  };
  const q = project(query, 0, [0, 2, 1, 3]);
  const k = project(memory, 1, [0, 2, 3, 1]);
  const v = project(memory, 2, [0, 2, 1, 3]);
  const logits = graph.node('MatMul', [q, k]);
  const scaled = graph.node('Mul', [logits, graph.scalar(1 / Math.sqrt(width / heads))]);
  const masked = mask === 'none' ? scaled : writeMask(graph, scaled, memory, mask);
  const heard = graph.node('MatMul', [
    graph.node('Softmax', [masked], { attributes: { axis: -1 } }),
    v,
  ]);
  const rows = graph.node('Transpose', [heard], { attributes: { perm: [0, 2, 1, 3] } });
  const merged = graph.node('Reshape', [rows, graph.ints([0, 0, width])]);
  const out = { type: 'linear', name: `${at.name}.out_proj`, in: width, out: width } as const;
  return writeLinear(graph, out, weights, merged);
}

/** Writes [B, S, n] joined with positions 0…S−1. */
export function writePositions(
  graph: GraphWriter,
  at: Positions,
  weights: Weights,
  x: string,
): string {
  const table = tableOf(graph, at, weights);
  const rows = graph.node('Slice', [table, graph.ints([0]), lengthOf(graph, x), graph.ints([0])]);
  return joinRows(graph, x, rows, at.width);
}

/** Writes zeros [B, steps, features] joined with positions S…S+steps−1 of x [B, S, n]. */
export function writeFuture(
  graph: GraphWriter,
  at: Positions,
  weights: Weights,
  [x, steps]: readonly [string, string],
  features: number,
): string {
  const start = lengthOf(graph, x);
  const end = graph.node('Add', [start, steps]);
  const rows = graph.node('Slice', [tableOf(graph, at, weights), start, end, graph.ints([0])]);
  const shape = graph.node('Concat', [batchOf(graph, x), steps, graph.ints([features])], {
    attributes: { axis: 0 },
  });
  const zeros = graph.node('Expand', [graph.scalar(0), shape]);
  return joinRows(graph, zeros, rows, at.width);
}

function dense(
  graph: GraphWriter,
  x: string,
  weight: Float32Array,
  bias: Float32Array,
  width: number,
): string {
  const out = bias.length;
  const turned = new Float32Array(weight.length);
  for (let o = 0; o < out; o++) {
    for (let i = 0; i < width; i++) turned[i * out + o] = weight[o * width + i]!;
  }
  const product = graph.node('MatMul', [x, graph.floats([width, out], turned)]);
  return graph.node('Add', [product, graph.floats([out], bias)]);
}

// +1 where the key comes after the query (the original's mask), or −∞ (what it meant).
function writeMask(graph: GraphWriter, logits: string, x: string, mask: Mask): string {
  const length = graph.node('Squeeze', [lengthOf(graph, x)]);
  const places = graph.node('Range', [graph.int(0), length, graph.int(1)]);
  const query = graph.node('Unsqueeze', [places, graph.ints([1])]);
  const later = graph.node('Greater', [places, query]);
  const added = mask === 'causal' ? Number.NEGATIVE_INFINITY : 1;
  const bias = graph.node('Where', [later, graph.scalar(added), graph.scalar(0)]);
  return graph.node('Add', [logits, bias]);
}

function tableOf(graph: GraphWriter, at: Positions, weights: Weights): string {
  const { shape, data } = weightOf(weights, `${at.name}.pe`);
  return graph.floats([shape[0] as number, at.width], data);
}

function joinRows(graph: GraphWriter, x: string, rows: string, width: number): string {
  const sizes = [batchOf(graph, x), lengthOf(graph, x), graph.ints([width])];
  const shape = graph.node('Concat', sizes, { attributes: { axis: 0 } });
  const each = graph.node('Expand', [rows, shape]);
  return graph.node('Concat', [x, each], { attributes: { axis: 2 } });
}

function batchOf(graph: GraphWriter, x: string): string {
  return graph.node('Shape', [x], { attributes: { start: 0, end: 1 } });
}

function lengthOf(graph: GraphWriter, x: string): string {
  return graph.node('Shape', [x], { attributes: { start: 1, end: 2 } });
}
