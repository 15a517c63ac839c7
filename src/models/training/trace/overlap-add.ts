import type { TraceBackend } from './backend.js';
import type { Wire } from './graph.js';
import type { Axis, Plane } from './plane.js';

/**
 * A transposed convolution along one axis as one product and one sum: dy [N, O, T] times the
 * kernel [O, I, k] gives every tap of every frame, and frames are added `stride` apart.
 */
export function overlapAdd(trace: TraceBackend, dy: Plane, kernel: Wire, axis: Axis): Wire {
  const { graph } = trace;
  const [batch, out, frames] = dy.shape as [number, number, number];
  const into = kernel.shape[1] as number;
  const { stride } = axis;
  const pieces = Math.ceil(axis.kernel / stride);
  const whole = padded(trace, kernel, pieces * stride - axis.kernel);
  const rows = graph.reshape(whole, [out, into * pieces * stride]);
  const parts = { attributes: { transA: 1 }, domain: 'com.microsoft' };
  const shape = [batch, into * pieces * stride, frames];
  const taps = graph.node('FusedMatMul', [rows, dy], shape, parts);
  // [N, I, pieces, stride, T] to [N, I, pieces, T, stride].
  const five = trace.of(taps, [batch, into, pieces, stride, frames]);
  const apart = trace.wire(trace.transposed(five, [0, 1, 2, 4, 3]));
  return summed(trace, apart, [batch, into, pieces, frames, stride], axis);
}

/**
 * The same with a stride of one and the batch laid end to end, so that a large kernel is read
 * once and not once for every member of the batch.
 */
export function gatheredAdd(trace: TraceBackend, dy: Plane, kernel: Wire, axis: Axis): Wire {
  const { graph } = trace;
  const [batch, out, frames] = dy.shape as [number, number, number];
  const [, into, taps] = kernel.shape as [number, number, number];
  const turned = trace.wire(trace.transposed(trace.of(dy), [1, 0, 2]));
  const feeds = [
    graph.reshape(kernel, [out, into * taps]),
    graph.reshape(turned, [out, batch * frames]),
  ];
  const attributes = { transA: 1 };
  const product = graph.node('Gemm', feeds, [into * taps, batch * frames], { attributes });
  // [I, k, N, T] to [I, N, k, T].
  const four = trace.of(product, [into, taps, batch, frames]);
  const apart = trace.wire(trace.transposed(four, [0, 2, 1, 3]));
  const sum = summed(trace, apart, [into, batch, taps, frames, 1], axis);
  return trace.wire(trace.transposed(trace.of(sum), [1, 0, 2]));
}

// Adds the pieces `stride` apart, and cuts what the padding of the convolution covered.
function summed(trace: TraceBackend, apart: Wire, shape: readonly number[], axis: Axis): Wire {
  const { graph } = trace;
  const [batch, into, pieces, frames, stride] = shape as [number, number, number, number, number];
  const sum = added(trace, graph.reshape(apart, shape), shape);
  const length = (frames + pieces - 1) * stride;
  const line = graph.reshape(sum, [batch, into, length]);
  const end = axis.before + axis.size;
  if (end <= length) return cut(trace, line, axis.before, end);
  // Samples that no frame reaches are zero.
  const longer = [batch, into, end];
  const pads = [0, 0, 0, 0, 0, end - length];
  return cut(trace, graph.node('Pad', [line, pads], longer), axis.before, end);
}

function padded(trace: TraceBackend, kernel: Wire, more: number): Wire {
  if (more === 0) return kernel;
  const [out, into, size] = kernel.shape as [number, number, number];
  return trace.graph.node('Pad', [kernel, [0, 0, 0, 0, 0, more]], [out, into, size + more]);
}

function added(trace: TraceBackend, apart: Wire, shape: readonly number[]): Wire {
  const { graph } = trace;
  const [batch, into, pieces, frames, stride] = shape as [number, number, number, number, number];
  const piece = [batch, into, 1, frames, stride];
  const sizes = Array.from({ length: pieces }, () => 1);
  const parts =
    pieces === 1
      ? [apart]
      : graph.nodes(
          'Split',
          [apart, sizes],
          sizes.map(() => piece),
          { attributes: { axis: 2 } },
        );
  const wide = [batch, into, 1, frames + pieces - 1, stride];
  const placed = parts.map((part, i) => {
    const pads = [0, 0, 0, i, 0, 0, 0, 0, pieces - 1 - i, 0];
    return pieces === 1 ? part : graph.node('Pad', [part, pads], wide);
  });
  return placed.reduce((a, b) => graph.node('Add', [a, b], wide));
}

function cut(trace: TraceBackend, line: Wire, from: number, to: number): Wire {
  const [batch, into, length] = line.shape as [number, number, number];
  if (from === 0 && to === length) return line;
  return trace.graph.node('Slice', [line, [from], [to], [2]], [batch, into, to - from]);
}
