import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/index.js';
import { tf } from '../tensorflow.js';
import type { TraceBackend } from './backend.js';
import { sameShape } from './graph.js';
import type { Wire } from './graph.js';
import type { Kernel, Kernels } from './kernel.js';
import { input, only } from './kernel.js';
import { mapped } from './mapped.js';

const FLOAT = 1;
const BOOL = 9;

const UNARY: Readonly<Record<string, string>> = {
  Neg: 'Neg',
  Abs: 'Abs',
  Sign: 'Sign',
  Sqrt: 'Sqrt',
  Exp: 'Exp',
  Log: 'Log',
  Tanh: 'Tanh',
  Sigmoid: 'Sigmoid',
  Relu: 'Relu',
  Softplus: 'Softplus',
  Floor: 'Floor',
  Reciprocal: 'Reciprocal',
  Sin: 'Sin',
  Cos: 'Cos',
};

const unary: Kernels = Object.fromEntries(
  Object.entries(UNARY).map(([name, op]): [string, Kernel] => [
    name,
    (call) => mapped(call.trace, only(call), (x) => call.trace.graph.node(op, [x], x.shape)),
  ]),
);

const leakyRelu: Kernel = (call) => {
  const attributes = { alpha: { float: call.attrs.alpha } };
  const turn = (x: Wire): Wire => call.trace.graph.node('LeakyRelu', [x], x.shape, { attributes });
  return mapped(call.trace, only(call), turn);
};

const rsqrt: Kernel = (call) => {
  const { graph } = call.trace;
  const turn = (x: Wire): Wire =>
    graph.node('Reciprocal', [graph.node('Sqrt', [x], x.shape)], x.shape);
  return mapped(call.trace, only(call), turn);
};

// 1 above zero, `alpha` elsewhere.
const step: Kernel = (call) => {
  const { graph } = call.trace;
  const turn = (x: Wire): Wire => {
    const above = graph.node('Greater', [x, graph.scalar(0)], x.shape);
    return graph.node('Where', [above, graph.scalar(1), graph.scalar(call.attrs.alpha)], x.shape);
  };
  return mapped(call.trace, only(call), turn);
};

const clip: Kernel = (call) => {
  const { graph } = call.trace;
  const { clipValueMin: least, clipValueMax: most } = call.attrs;
  const turn = (x: Wire): Wire =>
    graph.node('Clip', [x, graph.scalar(least), graph.scalar(most)], x.shape);
  return mapped(call.trace, only(call), turn);
};

const cast: Kernel = (call) => {
  const { trace } = call;
  const [info, to] = [only(call), call.attrs.dtype as string];
  if (to !== 'float32' && to !== 'bool') throw new Error(`a cast to ${to} cannot be traced`);
  if (info.dtype === to || trace.fillOf(info) !== undefined) {
    return trace.shared(info, info.shape, to);
  }
  const attributes = { to: to === 'bool' ? BOOL : FLOAT };
  const turn = (x: Wire): Wire => trace.graph.node('Cast', [x], x.shape, { attributes });
  return mapped(trace, info, turn, to);
};

/** The wire of a condition; constants are stored as numbers and so cast first. */
function condition(trace: TraceBackend, info: TensorInfo): Wire {
  const wire = trace.wire(info);
  if ('wire' in trace.content(info)) return wire;
  return trace.graph.node('Cast', [wire], wire.shape, { attributes: { to: BOOL } });
}

const logical = (op: string): Kernel => {
  return (call) => {
    const { trace } = call;
    const [a, b] = [input(call, 'a'), input(call, 'b')];
    const shape = tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const wires = [condition(trace, a), condition(trace, b)];
    return trace.of(trace.graph.node(op, wires, shape), shape, 'bool');
  };
};

const logicalNot: Kernel = (call) => {
  const wire = condition(call.trace, only(call));
  return call.trace.of(call.trace.graph.node('Not', [wire], wire.shape), wire.shape, 'bool');
};

const select: Kernel = (call) => {
  const { trace } = call;
  const [when, yes, no] = ['condition', 't', 'e'].map((name) => input(call, name));
  const parts = [when, yes, no] as TensorInfo[];
  const contents = parts.map((info) => trace.content(info));
  const [c] = contents;
  const aligned = contents.every(
    (content) =>
      'fill' in content ||
      (c &&
        'wire' in content &&
        'wire' in c &&
        sameShape(content.wire.shape, c.wire.shape) &&
        sameShape(content.view, c.view) &&
        String(content.perm) === String(c.perm)),
  );
  const shape = (yes as TensorInfo).shape;
  if (aligned && c && 'wire' in c && sizeOf((when as TensorInfo).shape) === sizeOf(shape)) {
    const feeds = contents.map((content) =>
      'wire' in content ? content.wire : trace.graph.scalar('fill' in content ? content.fill : 0),
    );
    const wire = trace.graph.node('Where', feeds, c.wire.shape);
    return trace.tensor({ ...c, wire }, shape);
  }
  const feeds = [condition(trace, when as TensorInfo), ...parts.slice(1).map((p) => trace.wire(p))];
  return trace.of(trace.graph.node('Where', feeds, shape), shape);
};

/** Kernels that treat every value alone. */
export const ELEMENTWISE: Kernels = {
  ...unary,
  Rsqrt: rsqrt,
  LeakyRelu: leakyRelu,
  Step: step,
  ClipByValue: clip,
  Cast: cast,
  LogicalAnd: logical('And'),
  LogicalOr: logical('Or'),
  LogicalNot: logicalNot,
  Select: select,
};
