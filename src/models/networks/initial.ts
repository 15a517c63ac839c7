import type { Random, Tensor } from '../../core/index.js';
import { sizeOf } from '../../core/index.js';
import type { NetworkConfig } from './config.js';
import { describe } from './describe.js';
import type { NetworkKind, ParameterSpec, Weights } from './kind.js';
import type { Conv, Module } from './module.js';
import { parametersOfModule } from './parameters.js';

type Fill = (spec: ParameterSpec) => Float32Array;

/**
 * The weights of an untrained network: PyTorch's default initialisation, Xavier for the full
 * transformer (anatomy §3.7, §4.1, §8.4), with valid buffers. Same stream of chance, same weights.
 */
export function initialWeights(kind: NetworkKind, config: NetworkConfig, random: Random): Weights {
  const weights = new Map<string, Tensor>();
  for (const module of describe(kind, config).modules) {
    const fill = fillOf(kind, module, random);
    for (const spec of parametersOfModule(module)) {
      weights.set(spec.name, { shape: spec.shape, data: fill(spec) });
    }
    completeNorm(module, weights);
  }
  copyTemplate(weights);
  return weights;
}

/** The sinusoid table that the original concatenates: [positions, 1, width] (§8). */
export function positionTable(positions: number, width: number): Float32Array {
  const table = new Float32Array(positions * width);
  for (let i = 0; i < width; i += 2) {
    const rate = Math.exp((-i * Math.log(10_000)) / width);
    for (let p = 0; p < positions; p++) {
      table[p * width + i] = Math.sin(p * rate);
      table[p * width + i + 1] = Math.cos(p * rate);
    }
  }
  return table;
}

function fillOf(kind: NetworkKind, module: Module, random: Random): Fill {
  const uniform = (bound: number) => (spec: ParameterSpec) =>
    Float32Array.from({ length: sizeOf(spec.shape) }, () => (2 * random.next() - 1) * bound);
  switch (module.type) {
    case 'positions':
      return ({ shape }) => positionTable(shape[0] as number, module.width);
    case 'group-norm':
    case 'batch-norm':
    case 'layer-norm':
      return ({ name, shape }) => {
        const one = name.endsWith('.weight') || name.endsWith('.running_var');
        return new Float32Array(sizeOf(shape)).fill(one ? 1 : 0);
      };
    case 'gru':
      return uniform(1 / Math.sqrt(module.size));
    case 'lstm':
      return uniform(1 / Math.sqrt(module.hidden));
    case 'conv':
      return uniform(1 / Math.sqrt((module.in / module.groups) * module.kernel ** module.rank));
    // PyTorch counts the fan-in of a transposed kernel along its second axis.
    case 'up-conv':
      return uniform(1 / Math.sqrt(module.out * module.kernel));
    case 'linear':
      return (spec) => linearFill(kind, module.name, spec, module.in, uniform);
    case 'attention':
      return (spec) => attentionFill(kind, spec, module.width, uniform);
  }
}

function linearFill(
  kind: NetworkKind,
  name: string,
  spec: ParameterSpec,
  input: number,
  uniform: (bound: number) => Fill,
): Float32Array {
  const bias = spec.shape.length === 1;
  if (kind === 'transformer' && !bias) return uniform(xavier(spec.shape))(spec);
  // The original's output layer is drawn from ±0.1 with a bias of zero.
  if (name === 'model.decoder') return bias ? new Float32Array(spec.shape[0]!) : uniform(0.1)(spec);
  return uniform(1 / Math.sqrt(input))(spec);
}

function attentionFill(
  kind: NetworkKind,
  spec: ParameterSpec,
  width: number,
  uniform: (bound: number) => Fill,
): Float32Array {
  if (spec.shape.length === 1) return new Float32Array(spec.shape[0] as number);
  const projection = spec.name.endsWith('in_proj_weight') || kind === 'transformer';
  return uniform(projection ? xavier(spec.shape) : 1 / Math.sqrt(width))(spec);
}

function xavier([rows = 1, columns = 1]: readonly number[]): number {
  return Math.sqrt(6 / (rows + columns));
}

// Weight norm starts with g = ‖v‖; spectral norm with u and v that agree with the kernel.
function completeNorm(module: Module, weights: Map<string, Tensor>): void {
  if (module.type === 'up-conv' || (module.type === 'conv' && module.norm === 'weight')) {
    const v = weights.get(`${module.name}.weight_v`) as Tensor;
    const g = weights.get(`${module.name}.weight_g`) as Tensor;
    const row = v.data.length / g.data.length;
    g.data.forEach((_, i) => {
      g.data[i] = length(v.data.subarray(i * row, (i + 1) * row));
    });
  }
  if (module.type === 'conv' && module.norm === 'spectral') completeSpectral(module, weights);
}

function completeSpectral({ name, out }: Conv, weights: Map<string, Tensor>): void {
  const { data } = weights.get(`${name}.weight_orig`) as Tensor;
  const u = (weights.get(`${name}.weight_u`) as Tensor).data;
  const v = (weights.get(`${name}.weight_v`) as Tensor).data;
  const inner = v.length;
  for (let round = 0; round < 15; round++) {
    v.forEach((_, j) => {
      let sum = 0;
      for (let i = 0; i < out; i++) sum += data[i * inner + j]! * u[i]!;
      v[j] = sum;
    });
    normalise(v);
    u.forEach((_, i) => {
      let sum = 0;
      for (let j = 0; j < inner; j++) sum += data[i * inner + j]! * v[j]!;
      u[i] = sum;
    });
    normalise(u);
  }
}

function normalise(values: Float32Array): void {
  const size = Math.max(length(values), 1e-12);
  values.forEach((value, i) => {
    values[i] = value / size;
  });
}

function length(values: Float32Array): number {
  let square = 0;
  for (const value of values) square += value * value;
  return Math.sqrt(square);
}

// PyTorch clones one layer: every layer of the encoder-only stack starts as its template.
function copyTemplate(weights: Map<string, Tensor>): void {
  const layer = /^model\.transformer_encoder\.layers\.\d+\./;
  for (const [name, { shape }] of weights) {
    const source = weights.get(name.replace(layer, 'model.encoder_layer.'));
    if (source && layer.test(name)) weights.set(name, { shape, data: source.data.slice() });
  }
}
