import type { TensorInfo } from '@tensorflow/tfjs-core';
import { tf } from '../tensorflow.js';
import type { TraceBackend } from './backend.js';
import { gradientOfKernel } from './convolution-kernel.js';
import { gatheredAdd, overlapAdd } from './overlap-add.js';
import { axesOf } from './plane.js';
import type { Axis, Plane } from './plane.js';
import type { Wire } from './graph.js';
import type { Kernel, KernelCall, Kernels } from './kernel.js';
import { input } from './kernel.js';

// TensorFlow.js convolves [N, H, W, C] with [h, w, I, O]; ONNX wants channels first. All axes are
// moved lazily, so layers that keep channels first outside pay for no transposition at all.
const TO_CHANNELS_FIRST = [0, 3, 1, 2];
const TO_CHANNELS_LAST = [0, 2, 3, 1];
const KERNEL_TO_ONNX = [3, 2, 0, 1];
const KERNEL_FROM_ONNX = [2, 3, 1, 0];

type ConvInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

function infoOf({ attrs }: KernelCall, x: readonly number[], w: readonly number[]): ConvInfo {
  return tf.backend_util.computeConv2DInfo(
    x as [number, number, number, number],
    w as [number, number, number, number],
    attrs.strides,
    attrs.dilations ?? 1,
    attrs.pad,
    attrs.dimRoundingMode,
    false,
    tf.backend_util.convertConv2DDataFormat(attrs.dataFormat),
  );
}

const conv2d: Kernel = (call) => {
  const { trace, attrs, inputs } = call;
  const [x, filter] = [input(call, 'x'), input(call, 'filter')];
  refuseChannelsFirst(attrs.dataFormat);
  if (attrs.activation && attrs.activation !== 'linear') throw new Error('a fused activation');
  const axes = axesOf(infoOf(call, x.shape, filter.shape));
  const { bias } = inputs;
  const feeds = [planeOf(trace, x, axes), kernelOf(trace, filter, axes)];
  if (bias) feeds.push(trace.wire(bias));
  return fromPlane(trace, convolve(trace, feeds, axes));
};

const backpropInput: Kernel = (call) => {
  const { trace, attrs } = call;
  const [dy, filter] = [input(call, 'dy'), input(call, 'filter')];
  refuseChannelsFirst(attrs.dataFormat);
  const axes = axesOf(infoOf(call, attrs.inputShape, filter.shape));
  const wires = { dy: planeOf(trace, dy, axes), kernel: kernelOf(trace, filter, axes) };
  return fromPlane(trace, gradientOfInput(trace, wires, axes));
};

const backpropFilter: Kernel = (call) => {
  const { trace, attrs } = call;
  const [x, dy] = [input(call, 'x'), input(call, 'dy')];
  refuseChannelsFirst(attrs.dataFormat);
  const axes = axesOf(infoOf(call, x.shape, attrs.filterShape));
  const wire = gradientOfKernel(trace, planeOf(trace, x, axes), planeOf(trace, dy, axes), axes);
  const [h, w, into, out] = attrs.filterShape as [number, number, number, number];
  return trace.transposed(trace.of(wire, [out, into, h, w]), KERNEL_FROM_ONNX);
};

// dx of a stride of one is a convolution with the kernel turned round; ONNX Runtime's own
// transposed convolution is several times slower there.
function gradientOfInput(
  trace: TraceBackend,
  { dy, kernel }: { readonly dy: Wire; readonly kernel: Wire },
  axes: readonly Axis[],
): Wire {
  const { graph } = trace;
  const out = [dy.shape[0] as number, kernel.shape[1] as number, ...axes.map(({ size }) => size)];
  const [only] = axes;
  const line = axes.length === 1 && only;
  if (line && line.stride === 1 && heavy(dy, kernel)) return gatheredAdd(trace, dy, kernel, line);
  if (axes.every(({ stride }) => stride === 1)) {
    const turned = turnedKernel(trace, kernel, axes);
    const back = axes.map((axis) => ({
      ...axis,
      size: axis.result,
      result: axis.size,
      before: axis.kernel - 1 - axis.before,
      after: axis.kernel - 1 - axis.after,
    }));
    if (back.every(({ before, after }) => before >= 0 && after >= 0)) {
      return convolve(trace, [dy, turned], back);
    }
  }
  if (line) return overlapAdd(trace, dy, kernel, line);
  const attributes = {
    kernel_shape: axes.map((axis) => axis.kernel),
    strides: axes.map((axis) => axis.stride),
    pads: [...axes.map((axis) => axis.before), ...axes.map((axis) => axis.after)],
    output_padding: axes.map(
      (axis) =>
        axis.size + axis.before + axis.after - axis.kernel - (axis.result - 1) * axis.stride,
    ),
  };
  return graph.node('ConvTranspose', [dy, kernel], out, { attributes });
}

// Turning a kernel with more outputs than there are frames costs more than adding up its taps.
function heavy(dy: Wire, kernel: Wire): boolean {
  const [batch, out, frames] = dy.shape as [number, number, number];
  return (kernel.shape[2] as number) > 1 && out > batch * frames;
}

function turnedKernel(trace: TraceBackend, kernel: Wire, axes: readonly Axis[]): Wire {
  const [out, into, ...window] = kernel.shape as [number, number, ...number[]];
  const perm = [1, 0, ...window.map((_, i) => i + 2)];
  const swapped = trace.transposed(trace.of(kernel), perm);
  const wire = trace.wire(swapped);
  const wide = axes.flatMap((axis, i) => (axis.kernel > 1 ? [i + 2] : []));
  if (wide.length === 0) return wire;
  const [starts, ends, steps] = [-1, -(2 ** 31), -1].map((n) => wide.map(() => n));
  const feeds = [wire, starts, ends, wide, steps];
  return trace.graph.node('Slice', feeds, [into, out, ...window]);
}

/** Records ONNX's Conv of [x, kernel, bias?]. */
function convolve(trace: TraceBackend, feeds: readonly Wire[], axes: readonly Axis[]): Wire {
  const [x, kernel] = feeds as [Wire, Wire];
  const shape = [x.shape[0] as number, kernel.shape[0] as number, ...axes.map((a) => a.result)];
  const attributes = {
    kernel_shape: axes.map((axis) => axis.kernel),
    strides: axes.map(({ stride }) => stride),
    pads: [...axes.map(({ before }) => before), ...axes.map(({ after }) => after)],
  };
  return trace.graph.node('Conv', feeds, shape, { attributes });
}

// One axis of height one is left out: [N, C, W] instead of [N, C, 1, W].
function planeOf(trace: TraceBackend, info: TensorInfo, axes: readonly Axis[]): Plane {
  const plane = trace.wire(trace.transposed(info, TO_CHANNELS_FIRST));
  const [n, c, h, w] = plane.shape as [number, number, number, number];
  return trace.graph.reshape(plane, axes.length === 1 ? [n, c, w] : [n, c, h, w]);
}

function kernelOf(trace: TraceBackend, info: TensorInfo, axes: readonly Axis[]): Wire {
  const kernel = trace.wire(trace.transposed(info, KERNEL_TO_ONNX));
  const [o, i, h, w] = kernel.shape as [number, number, number, number];
  return trace.graph.reshape(kernel, axes.length === 1 ? [o, i, w] : [o, i, h, w]);
}

function fromPlane(trace: TraceBackend, wire: Wire): TensorInfo {
  const [n, c, ...rest] = wire.shape as [number, number, ...number[]];
  const shape = rest.length === 1 ? [n, c, 1, ...rest] : wire.shape;
  return trace.transposed(trace.of(wire, shape), TO_CHANNELS_LAST);
}

function refuseChannelsFirst(format: string | undefined): void {
  if (format === 'NCHW') throw new Error('a convolution with channels first is not traced');
}

/** Convolutions and their two gradients. */
export const CONVOLUTIONS: Kernels = {
  Conv2D: conv2d,
  FusedConv2D: conv2d,
  Conv2DBackpropInput: backpropInput,
  Conv2DBackpropFilter: backpropFilter,
};
