import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/index.js';
import { tf } from '../tensorflow.js';
import type { TraceBackend } from './backend.js';
import { broadcast } from './mapped.js';
import { sameShape } from './graph.js';
import type { Kernel, Kernels } from './kernel.js';
import { only } from './kernel.js';

const reshape: Kernel = (call) => {
  const info = only(call);
  const shape = tf.util.inferFromImplicitShape(call.attrs.shape, sizeOf(info.shape));
  return call.trace.shared(info, shape);
};

const expandDims: Kernel = (call) => {
  const info = only(call);
  const at = call.attrs.dim < 0 ? info.shape.length + 1 + call.attrs.dim : call.attrs.dim;
  return call.trace.shared(info, info.shape.toSpliced(at, 0, 1));
};

const concat: Kernel = ({ trace, inputs, attrs }) => {
  const parts = Object.values(inputs).filter(({ shape }) => sizeOf(shape) > 0);
  const [first] = parts as [TensorInfo];
  const [axis] = tf.util.parseAxisParam(attrs.axis, first.shape) as [number];
  const sizes = parts.map(({ shape }) => shape[axis] as number);
  const shape = first.shape.with(
    axis,
    sizes.reduce((a, b) => a + b),
  );
  const fills = parts.map((part) => trace.fillOf(part));
  if (fills[0] !== undefined && fills.every((fill) => fill === fills[0])) {
    return trace.tensor({ fill: fills[0] }, shape, first.dtype);
  }
  if (parts.length === 1) return trace.shared(first, shape);
  const feeds = parts.map((part) => trace.wire(part));
  return trace.of(trace.graph.node('Concat', feeds, shape, { attributes: { axis } }));
};

const pack: Kernel = ({ trace, inputs, attrs }) => {
  const parts = Object.values(inputs).map((part) => {
    const at = attrs.axis < 0 ? part.shape.length + 1 + attrs.axis : attrs.axis;
    return { at, info: trace.shared(part, part.shape.toSpliced(at, 0, 1)) };
  });
  const named = Object.fromEntries(parts.map(({ info }, i) => [i, info]));
  return concat({ trace, inputs: named, attrs: { axis: parts[0]?.at ?? 0 } });
};

function split(
  trace: TraceBackend,
  info: TensorInfo,
  axis: number,
  sizes: readonly number[],
): TensorInfo[] {
  const shapes = sizes.map((size) => info.shape.with(axis, size));
  const fill = trace.fillOf(info);
  if (fill !== undefined) return shapes.map((shape) => trace.tensor({ fill }, shape, info.dtype));
  if (sizes.length === 1) return [trace.shared(info, info.shape)];
  const parts = { attributes: { axis } };
  const wires = trace.graph.nodes('Split', [trace.wire(info), sizes], shapes, parts);
  return wires.map((wire) => trace.of(wire));
}

const splitV: Kernel = (call) => {
  const { trace, attrs } = call;
  const info = only(call);
  const [axis] = tf.util.parseAxisParam(attrs.axis, info.shape) as [number];
  const sizes = tf.backend_util.prepareSplitSize(info as never, attrs.numOrSizeSplits, axis);
  return split(trace, info, axis, sizes);
};

const unpack: Kernel = (call) => {
  const { trace, attrs } = call;
  const info = only(call);
  const [axis] = tf.util.parseAxisParam(attrs.axis, info.shape) as [number];
  const ones = Array.from({ length: info.shape[axis] as number }, () => 1);
  const parts = split(trace, info, axis, ones);
  return parts.map((part) => trace.shared(part, info.shape.toSpliced(axis, 1)));
};

const slice: Kernel = (call) => {
  const { trace, attrs } = call;
  const info = only(call);
  const wanted = tf.slice_util.parseSliceParams(info as never, attrs.begin, attrs.size);
  const [begin, size] = wanted as [number[], number[]];
  if (sameShape(size, info.shape)) return trace.shared(info, info.shape);
  const fill = trace.fillOf(info);
  if (fill !== undefined) return trace.tensor({ fill }, size, info.dtype);
  const axes = info.shape.flatMap((n, i) => (n === size[i] ? [] : [i]));
  const starts = axes.map((axis) => begin[axis] as number);
  const ends = axes.map((axis, i) => (starts[i] as number) + (size[axis] as number));
  return trace.of(trace.graph.node('Slice', [trace.wire(info), starts, ends, axes], size));
};

const pad: Kernel = (call) => {
  const { trace, attrs } = call;
  const info = only(call);
  const edges = attrs.paddings as readonly (readonly [number, number])[];
  const shape = info.shape.map((n, i) => n + edges[i]![0] + edges[i]![1]);
  if (sameShape(shape, info.shape)) return trace.shared(info, shape);
  const pads = [...edges.map(([before]) => before), ...edges.map(([, after]) => after)];
  const feeds = [trace.wire(info), pads, trace.graph.scalar(attrs.constantValue ?? 0)];
  return trace.of(trace.graph.node('Pad', feeds, shape));
};

const tile: Kernel = (call) => {
  const { trace, attrs } = call;
  const info = only(call);
  const shape = info.shape.map((n, i) => n * attrs.reps[i]);
  if (info.shape.every((n, i) => n === 1 || attrs.reps[i] === 1)) {
    return broadcast(trace, info, shape);
  }
  return trace.of(trace.graph.node('Tile', [trace.wire(info), attrs.reps], shape));
};

const reverse: Kernel = (call) => {
  const { trace, attrs } = call;
  const info = only(call);
  const axes = tf.util.parseAxisParam(attrs.dims, info.shape);
  const [starts, ends, steps] = [-1, -(2 ** 31), -1].map((n) => axes.map(() => n));
  const feeds = [trace.wire(info), starts, ends, axes, steps];
  return trace.of(trace.graph.node('Slice', feeds, info.shape));
};

const filled =
  (fill: number): Kernel =>
  (call) => {
    const info = only(call);
    return call.trace.tensor({ fill }, info.shape, info.dtype);
  };

/** Kernels that only move or repeat values. */
export const SHAPING: Kernels = {
  Reshape: reshape,
  ExpandDims: expandDims,
  Identity: (call) => call.trace.shared(only(call), only(call).shape),
  Transpose: (call) => call.trace.transposed(only(call), call.attrs.perm),
  Concat: concat,
  Pack: pack,
  SplitV: splitV,
  Unpack: unpack,
  Slice: slice,
  PadV2: pad,
  Tile: tile,
  BroadcastTo: (call) => broadcast(call.trace, only(call), call.attrs.shape),
  Reverse: reverse,
  Fill: ({ trace, attrs }) => trace.tensor({ fill: attrs.value }, attrs.shape),
  ZerosLike: filled(0),
  OnesLike: filled(1),
};
