import { sizeOf, tensor } from '../../src/core/index.js';
import type { Tensor } from '../../src/core/index.js';
import { positionTable } from '../../src/models/networks/initial.js';
import { parseConfig } from '../../src/models/networks/config.js';
import { parametersOf } from '../../src/models/networks/describe.js';
import type { NetworkKind, ParameterSpec, Weights } from '../../src/models/networks/kind.js';

/** The hash behind every golden value: in [−1, 1), the same in every language. */
export function goldenValue(tag: number, index: number): number {
  let h = (Math.imul(index, 2654435761) + Math.imul(tag, 374761393) + 12345) >>> 0;
  h = Math.imul(h ^ (h >>> 15), 2246822519) >>> 0;
  return ((h ^ (h >>> 13)) >>> 0) / 2 ** 31 - 1;
}

/** A golden input of this tag and shape. */
export function goldenTensor(tag: number, shape: readonly number[]): Tensor {
  return tensor(shape, goldenArray(tag, sizeOf(shape)));
}

/** A network whose every weight follows the golden fill rule. */
export function goldenWeights(kind: NetworkKind, raw: unknown = {}): Weights {
  const specs = parametersOf(kind, parseConfig(kind, raw));
  const weights = new Map<string, Tensor>();
  specs.forEach((spec, tag) => {
    weights.set(spec.name, { shape: spec.shape, data: filled(spec, tag) });
  });
  for (const { name } of specs) if (name.endsWith('.weight_u')) settle(weights, name.slice(0, -2));
  return weights;
}

function goldenArray(tag: number, size: number, turn = (r: number): number => r): Float32Array {
  const data = new Float32Array(size);
  for (let i = 0; i < size; i++) data[i] = turn(goldenValue(tag, i));
  return data;
}

function filled({ name, shape }: ParameterSpec, tag: number): Float32Array {
  const size = sizeOf(shape);
  if (name.endsWith('.pe')) return positionTable(shape[0]!, shape[2]!);
  if (name.endsWith('.num_batches_tracked')) return new Float32Array(1);
  const scale = Math.sqrt((3 * (shape[0] ?? 1)) / size);
  return goldenArray(tag, size, (r) => {
    if (name.endsWith('.weight_g')) return 1 + 0.1 * r;
    if (name.endsWith('.running_var')) return 0.5 + 0.1 * r;
    if (shape.length > 1) return r * scale;
    return name.endsWith('.weight') ? 1 + 0.1 * r : 0.02 * r;
  });
}

// One power iteration in 64-bit numbers, as the golden values were made.
function settle(weights: Map<string, Tensor>, stem: string): void {
  const u = weights.get(`${stem}_u`)!.data;
  const v = weights.get(`${stem}_v`)!.data;
  const w = weights.get(`${stem}_orig`)!.data;
  const nextV = Float64Array.from(v, (_, j) =>
    u.reduce((s, x, i) => s + w[i * v.length + j]! * x, 0),
  );
  scaleToOne(nextV);
  const nextU = Float64Array.from(u, (_, i) =>
    nextV.reduce((s, x, j) => s + w[i * v.length + j]! * x, 0),
  );
  scaleToOne(nextU);
  v.set(nextV);
  u.set(nextU);
}

function scaleToOne(values: Float64Array): void {
  const size = Math.hypot(...values);
  for (let i = 0; i < values.length; i++) values[i]! /= size;
}
