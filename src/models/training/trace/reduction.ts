import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/index.js';
import { tf } from '../tensorflow.js';
import type { TraceBackend } from './backend.js';
import type { Kernel, Kernels } from './kernel.js';
import { only } from './kernel.js';

type Reduction = 'ReduceSum' | 'ReduceMean' | 'ReduceMax' | 'ReduceMin' | 'ReduceProd';

function reduction(op: Reduction): Kernel {
  return (call) => {
    const { trace, attrs } = call;
    const info = only(call);
    const axes = tf.util.parseAxisParam(attrs.axis ?? attrs.reductionIndices, info.shape);
    const keep = Boolean(attrs.keepDims);
    const shape = reduced(info.shape, axes, keep);
    const fill = trace.fillOf(info);
    if (fill !== undefined) return trace.tensor({ fill: folded(op, fill, info, shape) }, shape);
    const open = keep ? undefined : unmoved(trace, info, axes);
    if (open) return trace.of(reduce(trace, op, open.info, open.axes, shape, keep), shape);
    return trace.of(reduce(trace, op, info, axes, shape, keep), shape);
  };
}

// When one axis is left, the order in which the others lay does not matter.
function unmoved(
  trace: TraceBackend,
  info: TensorInfo,
  axes: readonly number[],
): { readonly info: TensorInfo; readonly axes: readonly number[] } | undefined {
  const content = trace.content(info);
  if (!('wire' in content) || !content.perm || info.shape.length - axes.length > 1) {
    return undefined;
  }
  const { wire, view, perm } = content;
  if (perm.some((axis, i) => view[axis] !== info.shape[i])) return undefined;
  return { info: trace.of(wire, view), axes: axes.map((axis) => perm[axis] as number) };
}

function reduce(
  trace: TraceBackend,
  op: Reduction,
  info: TensorInfo,
  axes: readonly number[],
  shape: readonly number[],
  keep: boolean,
): ReturnType<TraceBackend['wire']> {
  const wire = trace.wire(info);
  const keepdims = keep ? 1 : 0;
  // Of the reductions, this ONNX version takes axes as an input for the sum alone.
  if (op === 'ReduceSum') {
    return trace.graph.node(op, [wire, axes], shape, { attributes: { keepdims } });
  }
  return trace.graph.node(op, [wire], shape, { attributes: { axes, keepdims } });
}

function reduced(shape: readonly number[], axes: readonly number[], keep: boolean): number[] {
  if (keep) return shape.map((n, i) => (axes.includes(i) ? 1 : n));
  return shape.filter((_, i) => !axes.includes(i));
}

function folded(op: Reduction, fill: number, info: TensorInfo, shape: readonly number[]): number {
  const count = sizeOf(info.shape) / sizeOf(shape);
  if (op === 'ReduceSum') return fill * count;
  return op === 'ReduceProd' ? fill ** count : fill;
}

const softmax: Kernel = (call) => {
  const { trace } = call;
  const wire = trace.wire(only(call));
  const axis = call.attrs.dim as number;
  return trace.of(trace.graph.node('Softmax', [wire], wire.shape, { attributes: { axis } }));
};

/** Kernels that reduce axes. */
export const REDUCTIONS: Kernels = {
  Sum: reduction('ReduceSum'),
  Mean: reduction('ReduceMean'),
  Max: reduction('ReduceMax'),
  Min: reduction('ReduceMin'),
  Prod: reduction('ReduceProd'),
  Softmax: softmax,
};
