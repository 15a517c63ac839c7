import type { Weights } from '../networks/kind.js';
import type { Conv, UpConv } from '../networks/module.js';
import { foldedKernel, weightOf } from './fold.js';
import type { FusedConv } from './fusion.js';
import type { Attribute, GraphWriter } from './graph.js';

// Signals are written here as planes of height one, [B, C, 1, T]: ONNX Runtime lays channels of
// two-dimensional convolutions out in blocks, which more than doubles their speed.

/** How a convolution treats what lies beyond the ends: as the network says, or always as zeros. */
export type Edges = 'exact' | 'zero';

/** Writes a convolution over planes, with its sum and rectifier in the same pass. */
export function writePlaneConv(
  graph: GraphWriter,
  { module, addend, slope }: Pick<FusedConv, 'module' | 'addend' | 'slope'>,
  weights: Weights,
  x: string,
  edges: Edges,
): string {
  const reflect = module.padMode === 'reflect' && edges === 'exact';
  const pad = module.padding[0] as number;
  const heard = reflect ? reflectPlane(graph, x, pad) : x;
  const { kernel, bias } = kernelOf(graph, module, weights);
  const attributes = {
    kernel_shape: [1, module.kernel],
    strides: [1, module.stride[0] as number],
    dilations: [1, module.dilation[0] as number],
    group: module.groups,
    pads: reflect ? [0, 0, 0, 0] : [0, pad, 0, pad],
    ...(slope === undefined ? {} : rectifier(slope)),
  };
  const inputs = [heard, kernel, bias, ...(addend === undefined ? [] : [addend])];
  const fused = slope !== undefined || addend !== undefined;
  return fused ? fusedConv(graph, inputs, attributes) : graph.node('Conv', inputs, { attributes });
}

/**
 * Writes a leaky rectifier over planes as a convolution of every channel by one, since a rectifier
 * of its own would leave the blocked layout and come back.
 */
export function writePlaneLeaky(
  graph: GraphWriter,
  slope: number,
  channels: number,
  x: string,
): string {
  const attributes = { kernel_shape: [1, 1], group: channels, ...rectifier(slope) };
  return fusedConv(graph, [x, onesOf(graph, channels)], attributes);
}

function fusedConv(
  graph: GraphWriter,
  inputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>>,
): string {
  return graph.node('FusedConv', inputs, { attributes, domain: 'com.microsoft' });
}

// A lone convolution swallows the transposition before it; several readers would not.
function writePlaneCopy(graph: GraphWriter, channels: number, x: string): string {
  const attributes = { kernel_shape: [1, 1], group: channels };
  return graph.node('Conv', [x, onesOf(graph, channels)], { attributes });
}

function onesOf(graph: GraphWriter, channels: number): string {
  return graph.once(`ones${channels}`, (name) =>
    graph.floats([channels, 1, 1, 1], new Float32Array(channels).fill(1), name),
  );
}

/** Samples that `writePlaneUp` is late by when its edges are zero. */
export function delayOf(up: UpConv): number {
  return up.padding;
}

/**
 * Writes a transposed convolution over planes as a convolution to stride × channels, whose phases
 * the change from channels-last to channels-first interleaves for nothing. With edges `zero` its
 * ends are not trimmed, so it is late by `delayOf`.
 */
export function writePlaneUp(
  graph: GraphWriter,
  up: UpConv,
  weights: Weights,
  x: string,
  edges: Edges,
): string {
  const { stride, out, padding } = up;
  const taps = Math.ceil(up.kernel / stride);
  const { kernel, bias } = phasesOf(graph, up, weights, taps);
  const exact = edges === 'exact';
  const pads = [0, taps - 1, 0, exact ? taps - 1 : 0];
  const attributes = { kernel_shape: [1, taps], pads };
  const phases = graph.node('Conv', [x, kernel, bias], { attributes });
  const last = graph.node('Transpose', [phases], { attributes: { perm: [0, 2, 3, 1] } });
  const rows = graph.node('Reshape', [last, graph.ints([0, 0, -1, out])]);
  const after = taps * stride - up.kernel + padding - up.outputPadding;
  const kept = exact ? trimmed(graph, rows, padding, after) : rows;
  const first = graph.node('Transpose', [kept], { attributes: { perm: [0, 3, 1, 2] } });
  return writePlaneCopy(graph, out, first);
}

function trimmed(graph: GraphWriter, rows: string, before: number, after: number): string {
  const end = after === 0 ? Number.MAX_SAFE_INTEGER : -after;
  return graph.node('Slice', [rows, graph.ints([before]), graph.ints([end]), graph.ints([2])]);
}

function reflectPlane(graph: GraphWriter, x: string, size: number): string {
  const pads = graph.ints([0, 0, 0, size, 0, 0, 0, size]);
  return graph.node('Pad', [x, pads], { attributes: { mode: 'reflect' } });
}

function rectifier(slope: number): {
  readonly activation: string;
  readonly activation_params: { readonly floats: readonly number[] };
} {
  return { activation: 'LeakyRelu', activation_params: { floats: [slope] } };
}

interface Stored {
  readonly kernel: string;
  readonly bias: string;
}

// A network's tail is written twice (whole and edges) but its weights are stored once.
function kernelOf(graph: GraphWriter, conv: Conv, weights: Weights): Stored {
  const kernel = graph.once(`${conv.name}.plane`, (name) => {
    const { shape, data } = foldedKernel(conv, weights);
    return graph.floats([shape[0]!, shape[1]!, 1, shape[2]!], data, name);
  });
  return { kernel, bias: biasOf(graph, conv.name, weights, 1) };
}

// Output channel r·out + o holds the samples at phase r; tap κ hears the frame κ − (taps−1) away.
function phasesOf(graph: GraphWriter, up: UpConv, weights: Weights, taps: number): Stored {
  const { in: from, out, kernel: size, stride } = up;
  const kernel = graph.once(`${up.name}.phases`, (name) => {
    const { data } = foldedKernel(up, weights);
    const phases = new Float32Array(stride * out * from * taps);
    for (let i = 0; i < from; i++) {
      for (let o = 0; o < out; o++) {
        for (let k = 0; k < size; k++) {
          const channel = (k % stride) * out + o;
          const tap = taps - 1 - Math.floor(k / stride);
          phases[(channel * from + i) * taps + tap] = data[(i * out + o) * size + k]!;
        }
      }
    }
    return graph.floats([stride * out, from, 1, taps], phases, name);
  });
  return { kernel, bias: biasOf(graph, up.name, weights, stride) };
}

function biasOf(graph: GraphWriter, module: string, weights: Weights, times: number): string {
  return graph.once(`${module}.bias`, (name) => {
    const { data } = weightOf(weights, `${module}.bias`);
    const repeated = new Float32Array(data.length * times);
    for (let i = 0; i < times; i++) repeated.set(data, i * data.length);
    return graph.floats([repeated.length], repeated, name);
  });
}
