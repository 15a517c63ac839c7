import type { ParameterSpec } from './kind.js';
import { POSITIONS_MAX } from './module.js';
import type { Conv, Module } from './module.js';

type Entry = readonly [name: string, shape: readonly number[]];

/** The state-dict entries of one module, in PyTorch's order. */
export function parametersOfModule(module: Module): readonly ParameterSpec[] {
  return entriesOf(module).map(([name, shape]) => spec(`${module.name}.${name}`, shape));
}

const BUFFERS = /\.(weight_u|running_mean|running_var|num_batches_tracked|pe)$/;

function spec(name: string, shape: readonly number[]): ParameterSpec {
  const dtype = name.endsWith('.num_batches_tracked') ? 'int64' : 'float32';
  return { name, shape, dtype, buffer: BUFFERS.test(name) || isSpectralVector(name, shape) };
}

// Weight norm also has a weight_v, but as a parameter with the full shape.
function isSpectralVector(name: string, shape: readonly number[]): boolean {
  return name.endsWith('.weight_v') && shape.length === 1;
}

function entriesOf(module: Module): readonly Entry[] {
  switch (module.type) {
    case 'conv':
      return convEntries(module);
    case 'up-conv':
      return weightNormed([module.in, module.out, module.kernel], module.out);
    case 'gru':
      return ['', '_reverse'].flatMap((way) => recurrent(3, module.size, module.size, `_l0${way}`));
    case 'lstm':
      return Array.from({ length: module.layers }, (_, layer) =>
        recurrent(4, layer === 0 ? module.in : module.hidden, module.hidden, `_l${layer}`),
      ).flat();
    case 'group-norm':
    case 'layer-norm':
      return affine(module.channels);
    case 'batch-norm':
      return [...affine(module.channels), ...runningStatistics(module.channels)];
    case 'linear':
      return dense('', module.out, module.in);
    case 'attention':
      return [
        ['in_proj_weight', [3 * module.width, module.width]],
        ['in_proj_bias', [3 * module.width]],
        ...dense('out_proj.', module.width, module.width),
      ];
    case 'positions':
      return [['pe', [POSITIONS_MAX, 1, module.width]]];
  }
}

function convEntries(conv: Conv): readonly Entry[] {
  const window = conv.rank === 1 ? [conv.kernel] : [conv.kernel, conv.kernel];
  const shape = [conv.out, conv.in / conv.groups, ...window];
  if (conv.norm === 'weight') return weightNormed(shape, conv.out);
  if (conv.norm === 'none') {
    return [
      ['weight', shape],
      ['bias', [conv.out]],
    ];
  }
  const inner = shape.slice(1).reduce((size, n) => size * n, 1);
  return [
    ['bias', [conv.out]],
    ['weight_orig', shape],
    ['weight_u', [conv.out]],
    ['weight_v', [inner]],
  ];
}

function weightNormed(shape: readonly number[], out: number): readonly Entry[] {
  return [
    ['bias', [out]],
    ['weight_g', [shape[0] as number, ...shape.slice(1).map(() => 1)]],
    ['weight_v', shape],
  ];
}

function recurrent(gates: number, input: number, hidden: number, tail: string): readonly Entry[] {
  return [
    [`weight_ih${tail}`, [gates * hidden, input]],
    [`weight_hh${tail}`, [gates * hidden, hidden]],
    [`bias_ih${tail}`, [gates * hidden]],
    [`bias_hh${tail}`, [gates * hidden]],
  ];
}

function affine(channels: number): readonly Entry[] {
  return [
    ['weight', [channels]],
    ['bias', [channels]],
  ];
}

function runningStatistics(channels: number): readonly Entry[] {
  return [
    ['running_mean', [channels]],
    ['running_var', [channels]],
    ['num_batches_tracked', []],
  ];
}

function dense(prefix: string, out: number, input: number): readonly Entry[] {
  return [
    [`${prefix}weight`, [out, input]],
    [`${prefix}bias`, [out]],
  ];
}
