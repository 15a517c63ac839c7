import type { Weights } from '../networks/kind.js';
import type { GraphWriter } from './graph.js';
import { writePlanes } from './plane-steps.js';
import type { Tail } from './tail.js';

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
    sliced(graph, value, graph.ints([from]), graph.ints([to]));
  const ends = [time(x, 0, 2 * frames), time(x, -2 * frames, END)];
  const pair = graph.node('Concat', ends, { attributes: { axis: 0 } });
  const edges = writePlanes(graph, tail, weights, pair, 'exact');
  const [left, right] = split(graph, edges, 2) as [string, string];
  const parts = [
    time(left, 0, cut),
    middleOf(graph, tail, weights, x, frames),
    time(right, cut, END),
  ];
  return graph.node('Concat', parts, { attributes: { axis: 3 } });
}

// Measured on two cores: 1 tile 411 ms, 3 and 4 tiles 340 ms, 8 tiles 355 ms for 4 s of sound.
const TILES = 4;
const END = Number.MAX_SAFE_INTEGER;

// Tiles of equal length, overlapping by what their ends spoil, computed side by side as a batch:
// ONNX Runtime shares narrow convolutions out among threads by batch only.
function middleOf(
  graph: GraphWriter,
  tail: Tail,
  weights: Weights,
  x: string,
  frames: number,
): string {
  const { scale, delay } = tail.reach;
  const cut = frames * scale;
  const length = graph.node('Shape', [x], { attributes: { start: 3 } });
  const each = binary(graph, 'Div', binary(graph, 'Add', length, TILES - 1), TILES);
  const batch = tilesOf(graph, x, length, each, frames);
  const heard = writePlanes(graph, tail, weights, batch, 'zero');
  const start = cut + delay;
  const stop = binary(graph, 'Add', binary(graph, 'Mul', each, scale), start);
  const kept = sliced(graph, heard, graph.ints([start]), stop);
  const line = graph.node('Concat', split(graph, kept, TILES), { attributes: { axis: 3 } });
  const all = binary(graph, 'Mul', length, scale);
  const end = binary(graph, 'Max', binary(graph, 'Sub', all, cut), cut);
  return sliced(graph, line, graph.ints([cut]), end);
}

function tilesOf(
  graph: GraphWriter,
  x: string,
  length: string,
  each: string,
  frames: number,
): string {
  const missing = graph.node('Sub', [binary(graph, 'Mul', each, TILES), length]);
  const before = graph.ints([0, 0, 0, frames, 0, 0, 0]);
  const sizes = [before, binary(graph, 'Add', missing, frames)];
  const pads = graph.node('Concat', sizes, { attributes: { axis: 0 } });
  const padded = graph.node('Pad', [x, pads]);
  const tiles = Array.from({ length: TILES }, (_, i) => {
    const last = binary(graph, 'Add', binary(graph, 'Mul', each, i + 1), 2 * frames);
    return sliced(graph, padded, binary(graph, 'Mul', each, i), last);
  });
  return graph.node('Concat', tiles, { attributes: { axis: 0 } });
}

function split(graph: GraphWriter, batch: string, parts: number): readonly string[] {
  const outputs = Array.from({ length: parts }, (_, i) => `${batch}_part${i}`);
  graph.node('Split', [batch], { attributes: { axis: 0 }, outputs });
  return outputs;
}

function binary(graph: GraphWriter, type: string, a: string, b: number): string {
  return graph.node(type, [a, graph.ints([b])]);
}

function sliced(graph: GraphWriter, x: string, from: string, to: string): string {
  return graph.node('Slice', [x, from, to, graph.ints([3])]);
}
