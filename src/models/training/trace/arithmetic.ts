import type { TensorInfo } from '@tensorflow/tfjs-core';
import { tf } from '../tensorflow.js';
import type { TraceBackend } from './backend.js';
import { sameShape } from './graph.js';
import type { Wire } from './graph.js';
import type { Kernel, Kernels } from './kernel.js';
import { input, only } from './kernel.js';
import { broadcast, lieAlike, mapped } from './mapped.js';

type Fold = (a: number, b: number) => number;

const OPERATIONS: Readonly<Record<string, readonly [op: string, fold: Fold]>> = {
  Add: ['Add', (a, b) => a + b],
  Sub: ['Sub', (a, b) => a - b],
  Multiply: ['Mul', (a, b) => a * b],
  RealDiv: ['Div', (a, b) => a / b],
  Maximum: ['Max', Math.max],
  Minimum: ['Min', Math.min],
  Pow: ['Pow', Math.pow],
};

const COMPARISONS: Readonly<Record<string, readonly [op: string, fold: Fold]>> = {
  Greater: ['Greater', (a, b) => Number(a > b)],
  GreaterEqual: ['GreaterOrEqual', (a, b) => Number(a >= b)],
  Less: ['Less', (a, b) => Number(a < b)],
  LessEqual: ['LessOrEqual', (a, b) => Number(a <= b)],
  Equal: ['Equal', (a, b) => Number(a === b)],
};

// What leaves the other operand as it is: x·1, x+0, x−0, x/1.
const NEUTRAL: Readonly<Record<string, { readonly value: number; readonly left: boolean }>> = {
  Add: { value: 0, left: true },
  Multiply: { value: 1, left: true },
  Sub: { value: 0, left: false },
  RealDiv: { value: 1, left: false },
};

function binary(name: string, op: string, fold: Fold, dtype: 'float32' | 'bool'): Kernel {
  return (call) => {
    const { trace } = call;
    const [a, b] = [input(call, 'a'), input(call, 'b')];
    const shape = tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const [fa, fb] = [trace.fillOf(a), trace.fillOf(b)];
    if (fa !== undefined && fb !== undefined) {
      return trace.tensor({ fill: Math.fround(fold(fa, fb)) }, shape, dtype);
    }
    const neutral = NEUTRAL[name];
    if (neutral && fb === neutral.value) return broadcast(trace, a, shape);
    if (neutral?.left && fa === neutral.value) return broadcast(trace, b, shape);
    if (name === 'Multiply' && (fa === 0 || fb === 0)) return trace.tensor({ fill: 0 }, shape);
    if (fb !== undefined) return withNumber(trace, op, a, fb, shape, dtype, false);
    if (fa !== undefined) return withNumber(trace, op, b, fa, shape, dtype, true);
    return alike(trace, op, a, b, dtype) ?? plain(trace, op, a, b, shape, dtype);
  };
}

function withNumber(
  trace: TraceBackend,
  op: string,
  info: TensorInfo,
  number: number,
  shape: readonly number[],
  dtype: 'float32' | 'bool',
  first: boolean,
): TensorInfo {
  const scalar = trace.graph.scalar(number);
  const wide = broadcast(trace, info, shape);
  const turn = (x: Wire): Wire => trace.graph.node(op, first ? [scalar, x] : [x, scalar], x.shape);
  return mapped(trace, wide, turn, dtype);
}

// Two tensors whose axes are in the same order need none of them moved.
function alike(
  trace: TraceBackend,
  op: string,
  a: TensorInfo,
  b: TensorInfo,
  dtype: 'float32' | 'bool',
): TensorInfo | undefined {
  const [x, y] = [trace.content(a), trace.content(b)];
  if (!('wire' in x && 'wire' in y) || !sameShape(a.shape, b.shape)) return undefined;
  if (!lieAlike(x, y)) return undefined;
  const wire = trace.graph.node(op, [x.wire, y.wire], x.wire.shape);
  return trace.tensor({ ...x, wire }, a.shape, dtype);
}

function plain(
  trace: TraceBackend,
  op: string,
  a: TensorInfo,
  b: TensorInfo,
  shape: readonly number[],
  dtype: 'float32' | 'bool',
): TensorInfo {
  return trace.of(trace.graph.node(op, [trace.wire(a), trace.wire(b)], shape), shape, dtype);
}

const squaredDifference: Kernel = (call) => {
  const difference = arithmetic.Sub?.(call) as TensorInfo;
  return squared(call.trace, difference);
};

function squared(trace: TraceBackend, info: TensorInfo): TensorInfo {
  return mapped(trace, info, (x) => trace.graph.node('Mul', [x, x], x.shape));
}

const addN: Kernel = ({ trace, inputs, attrs }) => {
  const [first, ...rest] = Object.values(inputs) as [TensorInfo, ...TensorInfo[]];
  return rest.reduce(
    (a, b) => arithmetic.Add?.({ trace, inputs: { a, b }, attrs }) as TensorInfo,
    trace.shared(first, first.shape),
  );
};

const arithmetic: Kernels = Object.fromEntries(
  Object.entries(OPERATIONS).map(([name, [op, fold]]) => [name, binary(name, op, fold, 'float32')]),
);

const comparisons: Kernels = Object.fromEntries(
  Object.entries(COMPARISONS).map(([name, [op, fold]]) => [name, binary(name, op, fold, 'bool')]),
);

/** Kernels that join two tensors value by value, broadcasting one to the other. */
export const ARITHMETIC: Kernels = {
  ...arithmetic,
  ...comparisons,
  SquaredDifference: squaredDifference,
  AddN: addN,
  Square: (call) => squared(call.trace, only(call)),
};
