import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Content, TraceBackend } from './backend.js';
import { sameShape } from './graph.js';
import type { Wire } from './graph.js';

/** Applies nodes to a tensor's wire whatever its shape and order of axes: every value alone. */
export function mapped(
  trace: TraceBackend,
  info: TensorInfo,
  turn: (wire: Wire) => Wire,
  dtype: TensorInfo['dtype'] = info.dtype,
): TensorInfo {
  const content = trace.content(info);
  if (!('wire' in content)) return trace.of(turn(trace.wire(info)), info.shape, dtype);
  const wire = turn(content.wire);
  return trace.tensor({ ...content, wire }, info.shape, dtype);
}

/** A tensor repeated along its axes of size one until it has this shape. */
export function broadcast(
  trace: TraceBackend,
  info: TensorInfo,
  shape: readonly number[],
): TensorInfo {
  if (sameShape(info.shape, shape)) return trace.shared(info, shape);
  const fill = trace.fillOf(info);
  if (fill !== undefined) return trace.tensor({ fill }, shape, info.dtype);
  return trace.of(trace.graph.node('Expand', [trace.wire(info), shape], shape), shape, info.dtype);
}

type Laid = Extract<Content, { wire: Wire }>;

/** Whether the axes of two tensors of one shape lie in the same order in their wires. */
export function lieAlike(a: Laid, b: Laid): boolean {
  if (!sameShape(a.wire.shape, b.wire.shape)) return false;
  if (!a.perm && !b.perm) return true;
  return String(a.perm) === String(b.perm) && sameShape(a.view, b.view);
}
