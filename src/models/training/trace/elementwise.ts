import type { TensorInfo } from '@tensorflow/tfjs-core';
import { tf } from '../tensorflow.js';
import type { Content, TraceBackend } from './backend.js';
import { sameShape } from './graph.js';
import type { TraceGraph, Wire } from './graph.js';
import type { Kernel, Kernels } from './kernel.js';
import { input, only } from './kernel.js';
import { lieAlike, mapped } from './mapped.js';

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

// Times this any normal number leaves [−1, 1], so that clipping finds its sign; comparing and
// choosing cost ONNX Runtime three times as much.
const HUGE = 1e38;

/** 1 above zero and `low` below, for a `low` under 1. */
function stepped(graph: TraceGraph, x: Wire, low: number): Wire {
  const far = graph.node('Mul', [x, graph.scalar(HUGE)], x.shape);
  return graph.node('Clip', [far, graph.scalar(low), graph.scalar(1)], x.shape);
}

const step: Kernel = (call) => {
  const turn = (x: Wire): Wire => stepped(call.trace.graph, x, call.attrs.alpha);
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
  const parts = ['condition', 't', 'e'].map((name) => input(call, name));
  const { shape } = parts[1] as TensorInfo;
  const lying = alikeLying(trace, parts);
  if (lying) {
    const { wire, feeds } = lying;
    const chosen = slope(trace.graph, feeds) ?? trace.graph.node('Where', feeds, wire.shape);
    return trace.tensor({ ...lying.content, wire: chosen }, shape);
  }
  const [when, ...both] = parts as [TensorInfo, ...TensorInfo[]];
  const feeds = [condition(trace, when), ...both.map((part) => trace.wire(part))];
  return trace.of(trace.graph.node('Where', feeds, shape), shape);
};

interface Lying {
  readonly content: Extract<Content, { wire: Wire }>;
  readonly wire: Wire;
  readonly feeds: readonly Wire[];
}

// The wires of parts whose axes lie in the same order; numbers lie in any.
function alikeLying(trace: TraceBackend, parts: readonly TensorInfo[]): Lying | undefined {
  const contents = parts.map((part) => trace.content(part));
  const [content] = contents;
  if (!content || !('wire' in content)) return undefined;
  const { wire } = content;
  const feeds: Wire[] = [];
  for (const [i, each] of contents.entries()) {
    if ('fill' in each) feeds.push(trace.graph.scalar(each.fill));
    else if (!('wire' in each)) return undefined;
    else {
      if (!lieAlike(each, content)) return undefined;
      if (!sameShape((parts[i] as TensorInfo).shape, (parts[0] as TensorInfo).shape)) {
        return undefined;
      }
      feeds.push(each.wire);
    }
  }
  return { content, wire, feeds };
}

// x > 0 ? dy : dy·a, as a leaky rectifier is differentiated, is dy times a step.
function slope(graph: TraceGraph, [when, yes, no]: readonly Wire[]): Wire | undefined {
  const [x, zero] = graph.feedsOf(when as Wire, 'Greater') ?? [];
  const [dy, number] = graph.feedsOf(no as Wire, 'Mul') ?? [];
  const low = graph.numberOf(number);
  if (!x || !('name' in x) || graph.numberOf(zero) !== 0 || low === undefined) return undefined;
  if (low >= 1 || dy !== yes || !yes) return undefined;
  return graph.node('Mul', [yes, stepped(graph, x, low)], yes.shape);
}

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
