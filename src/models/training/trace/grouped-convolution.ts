import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { TraceBackend } from './backend.js';
import type { Wire } from './graph.js';
import type { Kernel, KernelCall, Kernels } from './kernel.js';
import { input } from './kernel.js';
import { upwardConvolve } from './phases.js';

/** A grouped convolution along time; TensorFlow.js has none, so these kernels are our own. */
export interface GroupedAttributes {
  readonly groups: number;
  readonly stride: number;
  /** Zeros at both ends. */
  readonly padding: number;
}

/** x [N, C, T] with a kernel [O, C/groups, k]. */
export const GROUPED_CONV = 'DemiurgeGroupedConv';
/** Its gradient by x, of `size` frames. */
export const GROUPED_CONV_INPUT = 'DemiurgeGroupedConvInput';
/** Its gradient by the kernel, of `size` taps. */
export const GROUPED_CONV_KERNEL = 'DemiurgeGroupedConvKernel';

interface Sized extends GroupedAttributes {
  readonly size: number;
}

const forward: Kernel = (call) => {
  const { stride, padding, groups } = call.attrs as GroupedAttributes;
  const [x, kernel] = [wireOf(call, 'x'), wireOf(call, 'kernel')];
  const [batch, , length] = x.shape as [number, number, number];
  const [out, , taps] = kernel.shape as [number, number, number];
  const result = Math.floor((length + 2 * padding - taps) / stride) + 1;
  const attributes = {
    kernel_shape: [taps],
    strides: [stride],
    pads: [padding, padding],
    group: groups,
  };
  const y = call.trace.graph.node('Conv', [x, kernel], [batch, out, result], { attributes });
  return call.trace.of(y);
};

const byInput: Kernel = (call) => {
  const { stride, padding, groups, size } = call.attrs as Sized;
  const { trace } = call;
  const [dy, kernel] = [wireOf(call, 'dy'), wireOf(call, 'kernel')];
  const [batch] = dy.shape as [number];
  const [, each, taps] = kernel.shape as [number, number, number];
  const shape = [batch, each * groups, size];
  const edge = taps - 1 - padding;
  if (stride === 1 && edge >= 0) {
    const attributes = { kernel_shape: [taps], pads: [edge, edge], group: groups };
    const feeds = [dy, turned(trace, kernel, groups)];
    return trace.of(trace.graph.node('Conv', feeds, shape, { attributes }));
  }
  const to = { groups, stride, before: padding, size };
  return trace.of(upwardConvolve(trace, dy, kernel, to));
};

// Within each group inputs and outputs change places, and the taps their order.
function turned(trace: TraceBackend, kernel: Wire, groups: number): Wire {
  const [out, each, taps] = kernel.shape as [number, number, number];
  const rows = trace.of(kernel, [groups, out / groups, each, taps]);
  const swapped = trace.wire(trace.transposed(rows, [0, 2, 1, 3]));
  const shape = [groups * each, out / groups, taps];
  const flat = trace.graph.reshape(swapped, shape);
  if (taps === 1) return flat;
  return trace.graph.node('Slice', [flat, [-1], [-(2 ** 31)], [2], [-1]], shape);
}

// Frames are folded into phases of `stride`, so that k/stride products over time do the work of k.
const byKernel: Kernel = (call) => {
  const { stride, padding, groups, size } = call.attrs as Sized;
  const { trace } = call;
  const { graph } = trace;
  const [x, dy] = [wireOf(call, 'x'), wireOf(call, 'dy')];
  const [batch, into, length] = x.shape as [number, number, number];
  const [, out, frames] = dy.shape as [number, number, number];
  const [each, rows] = [into / groups, out / groups];
  const pieces = Math.ceil(size / stride);
  const places = frames + pieces - 1;
  const wide = fitted(graph, x, padding, places * stride - padding - length);
  const apart = trace.of(wide, [batch, groups, each, places, stride]);
  const phases = trace.wire(trace.transposed(apart, [0, 1, 2, 4, 3]));
  const lines = graph.reshape(phases, [batch, groups, each * stride, places]);
  const steady = graph.reshape(dy, [batch, groups, rows, frames]);
  const parts = Array.from({ length: pieces }, (_, piece) => {
    const shape = [batch, groups, each * stride, frames];
    const shifted = graph.node('Slice', [lines, [piece], [piece + frames], [3]], shape);
    return summed(trace, steady, shifted, [out, each, stride]);
  });
  const all = graph.node('Concat', parts, [out, each, pieces * stride], {
    attributes: { axis: 2 },
  });
  if (pieces * stride === size) return trace.of(all);
  return trace.of(graph.node('Slice', [all, [0], [size], [2]], [out, each, size]));
};

function summed(trace: TraceBackend, dy: Wire, x: Wire, shape: readonly number[]): Wire {
  const { graph } = trace;
  const [batch, groups, rows] = dy.shape as [number, number, number];
  const columns = x.shape[2] as number;
  const parts = { attributes: { transB: 1 }, domain: 'com.microsoft' };
  const each = graph.node('FusedMatMul', [dy, x], [batch, groups, rows, columns], parts);
  const attributes = { keepdims: 0 };
  const sum = graph.node('ReduceSum', [each, [0]], [groups, rows, columns], { attributes });
  return graph.reshape(sum, shape);
}

// Zeros before and after; a negative number of them cuts.
function fitted(graph: TraceBackend['graph'], x: Wire, before: number, after: number): Wire {
  const [batch, into, length] = x.shape as [number, number, number];
  if (before === 0 && after === 0) return x;
  const pads = [0, 0, before, 0, 0, after];
  return graph.node('Pad', [x, pads], [batch, into, before + length + after]);
}

function wireOf(call: KernelCall, name: string): Wire {
  const info: TensorInfo = input(call, name);
  return call.trace.wire(info);
}

/** Grouped convolutions along time and their two gradients. */
export const GROUPED: Kernels = {
  [GROUPED_CONV]: forward,
  [GROUPED_CONV_INPUT]: byInput,
  [GROUPED_CONV_KERNEL]: byKernel,
};
