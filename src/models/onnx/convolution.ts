import type { Weights } from '../networks/kind.js';
import type { Conv, UpConv } from '../networks/module.js';
import { foldedKernel, weightOf } from './fold.js';
import type { GraphWriter } from './graph.js';

/** Writes a convolution as ONNX's own Conv, with a Pad before it when its edges reflect. */
export function writeConv(graph: GraphWriter, conv: Conv, weights: Weights, x: string): string {
  const kernel = foldedKernel(conv, weights);
  const [w, b] = [graph.floats(kernel.shape, kernel.data), bias(graph, conv.name, weights)];
  const reflect = conv.padMode === 'reflect';
  const padded = reflect ? reflectPad(graph, x, conv.padding[0] as number) : x;
  const attributes = {
    kernel_shape: kernel.shape.slice(2),
    strides: conv.stride,
    dilations: conv.dilation,
    group: conv.groups,
    pads: reflect ? conv.padding.flatMap(() => [0, 0]) : [...conv.padding, ...conv.padding],
  };
  return graph.node('Conv', [padded, w, b], { attributes });
}

/** Writes a transposed convolution as ONNX's own ConvTranspose. */
export function writeUpConv(graph: GraphWriter, up: UpConv, weights: Weights, x: string): string {
  const kernel = foldedKernel(up, weights);
  const [w, b] = [graph.floats(kernel.shape, kernel.data), bias(graph, up.name, weights)];
  const attributes = {
    kernel_shape: [up.kernel],
    strides: [up.stride],
    pads: [up.padding, up.padding],
    output_padding: [up.outputPadding],
  };
  return graph.node('ConvTranspose', [x, w, b], { attributes });
}

/** Reflects `size` frames at both ends of [B, C, T], without repeating the edge. */
export function reflectPad(graph: GraphWriter, x: string, size: number): string {
  const pads = graph.ints([0, 0, size, 0, 0, size]);
  return graph.node('Pad', [x, pads], { attributes: { mode: 'reflect' } });
}

function bias(graph: GraphWriter, name: string, weights: Weights): string {
  const { shape, data } = weightOf(weights, `${name}.bias`);
  return graph.floats(shape, data);
}
