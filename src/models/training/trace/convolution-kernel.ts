import type { TraceBackend } from './backend.js';
import type { Wire } from './graph.js';
import type { Axis, Plane } from './plane.js';

/**
 * dw [O, I, …] of x [N, I, …] and dy [N, O, …]: for every tap one product over time of the input
 * shifted by it, then a sum over the batch.
 */
export function gradientOfKernel(
  trace: TraceBackend,
  x: Plane,
  dy: Plane,
  axes: readonly Axis[],
): Wire {
  const wide = padded(trace, x, axes);
  const [only] = axes;
  if (axes.length === 1 && only && only.stride > 1) return strided(trace, wide, dy, only);
  const [batch, out] = dy.shape as [number, number];
  const into = x.shape[1] as number;
  const count = axes.reduce((size, { result }) => size * result, 1);
  const shape = [out, into, ...axes.map(({ kernel }) => kernel)];
  if (axes.length === 1 && only && out * into > (out + into) * count) {
    return gathered(trace, wide, dy, only);
  }
  const flat = trace.graph.reshape(dy, [batch, out, count]);
  const taps = places(axes).map((place) => {
    const shifted = trace.graph.reshape(shift(trace, wide, axes, place), [batch, into, count]);
    return product(trace, flat, shifted);
  });
  return stacked(trace, taps, shape);
}

// Where kernels are larger than signals: with the batch laid end to end, all taps are one Gemm.
function gathered(trace: TraceBackend, wide: Plane, dy: Plane, { kernel, result }: Axis): Wire {
  const { graph } = trace;
  const [batch, out] = dy.shape as [number, number];
  const into = wide.shape[1] as number;
  const lines = (x: Wire): Wire => trace.wire(trace.transposed(trace.of(x), [1, 0, 2]));
  const signal = lines(wide);
  const one = [into, 1, batch * result];
  const taps = Array.from({ length: kernel }, (_, tap) => {
    const shape = [into, batch, result];
    const part = graph.node('Slice', [signal, [tap], [tap + result], [2]], shape);
    return graph.reshape(part, one);
  });
  const all = [into, kernel, batch * result];
  const joined =
    kernel === 1
      ? graph.reshape(signal, one)
      : graph.node('Concat', taps, all, { attributes: { axis: 1 } });
  const rows = graph.reshape(joined, [into * kernel, batch * result]);
  const columns = graph.reshape(lines(dy), [out, batch * result]);
  const attributes = { transB: 1 };
  const product = graph.node('Gemm', [columns, rows], [out, into * kernel], { attributes });
  return graph.reshape(product, [out, into, kernel]);
}

function padded(trace: TraceBackend, x: Plane, axes: readonly Axis[]): Plane {
  if (axes.every(({ before, after }) => before === 0 && after === 0)) return x;
  const [batch, into, ...sizes] = x.shape as [number, number, ...number[]];
  const shape = [
    batch,
    into,
    ...sizes.map((size, i) => size + (axes[i] as Axis).before + (axes[i] as Axis).after),
  ];
  const pads = [0, 0, ...axes.map(({ before }) => before), 0, 0, ...axes.map(({ after }) => after)];
  return trace.graph.node('Pad', [x, pads], shape);
}

function places(axes: readonly Axis[]): readonly (readonly number[])[] {
  return axes.reduce<readonly (readonly number[])[]>(
    (all, { kernel }) =>
      all.flatMap((place) => Array.from({ length: kernel }, (_, tap) => [...place, tap])),
    [[]],
  );
}

function shift(
  trace: TraceBackend,
  wide: Plane,
  axes: readonly Axis[],
  place: readonly number[],
): Wire {
  const ends = axes.map(
    ({ result, stride }, i) => (place[i] as number) + (result - 1) * stride + 1,
  );
  const shape = [wide.shape[0] as number, wide.shape[1] as number, ...axes.map((a) => a.result)];
  const whole = axes.every(
    ({ stride }, i) => place[i] === 0 && stride === 1 && ends[i] === wide.shape[i + 2],
  );
  if (whole) return wide;
  const along = axes.map((_, i) => i + 2);
  const steps = axes.map(({ stride }) => stride);
  return trace.graph.node('Slice', [wide, place, ends, along, steps], shape);
}

// Σ over the batch of dy [N, O, T] · x [N, I, T]ᵀ.
function product(trace: TraceBackend, dy: Wire, x: Wire): Wire {
  const { graph } = trace;
  const [batch, out] = dy.shape as [number, number];
  const into = x.shape[1] as number;
  const parts = { attributes: { transB: 1 }, domain: 'com.microsoft' };
  const each = graph.node('FusedMatMul', [dy, x], [batch, out, into], parts);
  if (batch === 1) return graph.reshape(each, [out, into]);
  return graph.node('ReduceSum', [each, [0]], [out, into], { attributes: { keepdims: 0 } });
}

function stacked(trace: TraceBackend, taps: readonly Wire[], shape: readonly number[]): Wire {
  const { graph } = trace;
  const [out, into] = shape as [number, number];
  if (taps.length === 1) return graph.reshape(taps[0] as Wire, shape);
  const thin = taps.map((tap) => graph.reshape(tap, [out, into, 1]));
  const attributes = { axis: 2 };
  const joined = graph.node('Concat', thin, [out, into, taps.length], { attributes });
  return graph.reshape(joined, shape);
}

// With a stride the taps of one phase lie `stride` apart: laid out as channels, k/stride products
// do the work of k.
function strided(trace: TraceBackend, wide: Plane, dy: Plane, axis: Axis): Wire {
  const { graph } = trace;
  const { stride, kernel, result } = axis;
  const [batch, into, length] = wide.shape as [number, number, number];
  const out = dy.shape[1] as number;
  const pieces = Math.ceil(kernel / stride);
  const rows = result + pieces - 1;
  const even = fitted(trace, wide, rows * stride, length);
  const folded = trace.of(even, [batch, into, rows, stride]);
  const phases = trace.wire(trace.transposed(folded, [0, 1, 3, 2]));
  const line = graph.reshape(phases, [batch, into * stride, rows]);
  const products = Array.from({ length: pieces }, (_, piece) => {
    const shape = [batch, into * stride, result];
    const part =
      pieces === 1 ? line : graph.node('Slice', [line, [piece], [piece + result], [2]], shape);
    return graph.reshape(product(trace, dy, part), [out, into, stride]);
  });
  const all = [out, into, pieces * stride];
  const joined =
    pieces === 1
      ? (products[0] as Wire)
      : graph.node('Concat', products, all, { attributes: { axis: 2 } });
  if (pieces * stride === kernel) return joined;
  return graph.node('Slice', [joined, [0], [kernel], [2]], [out, into, kernel]);
}

function fitted(trace: TraceBackend, x: Plane, length: number, now: number): Plane {
  const [batch, into] = x.shape as [number, number];
  const shape = [batch, into, length];
  if (now === length) return x;
  if (now > length) return trace.graph.node('Slice', [x, [0], [length], [2]], shape);
  return trace.graph.node('Pad', [x, [0, 0, 0, 0, 0, length - now]], shape);
}
