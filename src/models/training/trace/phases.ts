import type { TraceBackend } from './backend.js';
import type { Wire } from './graph.js';

/** Where a transposed convolution's result lies: `size` frames after `before` cut off. */
export interface Upward {
  readonly groups: number;
  readonly stride: number;
  readonly before: number;
  readonly size: number;
}

/**
 * A transposed convolution along time of dy [N, O, T] with a kernel [O, I/groups, k], as one plain
 * convolution that says all `stride` phases of the result as channels, and one turning of axes.
 */
export function upwardConvolve(trace: TraceBackend, dy: Wire, kernel: Wire, to: Upward): Wire {
  const { graph } = trace;
  const { groups, stride } = to;
  const [batch, , frames] = dy.shape as [number, number, number];
  const [, each, taps] = kernel.shape as [number, number, number];
  const pieces = Math.ceil(taps / stride);
  const into = each * groups;
  const places = frames + pieces - 1;
  const attributes = { kernel_shape: [pieces], pads: [pieces - 1, pieces - 1], group: groups };
  const feeds = [dy, phaseKernel(trace, kernel, groups, stride)];
  const phases = graph.node('Conv', feeds, [batch, into * stride, places], { attributes });
  const apart = trace.of(phases, [batch, into, stride, places]);
  const turned = trace.wire(trace.transposed(apart, [0, 1, 3, 2]));
  return cut(trace, graph.reshape(turned, [batch, into, places * stride]), to);
}

// [O, each, k] to [groups·each·stride, O/groups, pieces], the pieces in reverse.
function phaseKernel(trace: TraceBackend, kernel: Wire, groups: number, stride: number): Wire {
  const { graph } = trace;
  const [out, each, taps] = kernel.shape as [number, number, number];
  const pieces = Math.ceil(taps / stride);
  const more = pieces * stride - taps;
  const whole = [out, each, pieces * stride];
  const even = more === 0 ? kernel : graph.node('Pad', [kernel, [0, 0, 0, 0, 0, more]], whole);
  const five = trace.of(even, [groups, out / groups, each, pieces, stride]);
  const turned = trace.wire(trace.transposed(five, [0, 2, 4, 1, 3]));
  const shape = [groups * each * stride, out / groups, pieces];
  const flat = graph.reshape(turned, shape);
  if (pieces === 1) return flat;
  return graph.node('Slice', [flat, [-1], [-(2 ** 31)], [2], [-1]], shape);
}

// Frames that no tap reaches are zero.
function cut(trace: TraceBackend, line: Wire, { before, size }: Upward): Wire {
  const [batch, into, length] = line.shape as [number, number, number];
  const after = before + size - length;
  if (before === 0 && after === 0) return line;
  return trace.graph.node('Pad', [line, [0, 0, -before, 0, 0, after]], [batch, into, size]);
}
