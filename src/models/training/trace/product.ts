import type { TensorInfo } from '@tensorflow/tfjs-core';
import { tf } from '../tensorflow.js';
import type { TraceBackend } from './backend.js';
import type { Wire } from './graph.js';
import type { Kernel, Kernels } from './kernel.js';
import { input } from './kernel.js';

const matMul: Kernel = (call) => {
  const { trace, attrs } = call;
  const [a, b] = [input(call, 'a'), input(call, 'b')];
  const shape = shapeOf(a, b, attrs);
  if (trace.fillOf(a) === 0 || trace.fillOf(b) === 0) return trace.tensor({ fill: 0 }, shape);
  return trace.of(product(trace, [trace.wire(a), trace.wire(b)], shape, attrs));
};

// A product and a sum; of two axes they are one Gemm.
const fusedMatMul: Kernel = (call) => {
  const { trace, attrs, inputs } = call;
  const [a, b] = [input(call, 'a'), input(call, 'b')];
  if (attrs.activation && attrs.activation !== 'linear') throw new Error('a fused activation');
  const shape = shapeOf(a, b, attrs);
  const feeds = [a, b, ...(inputs.bias ? [inputs.bias] : [])].map((info) => trace.wire(info));
  const flat = flattened(trace, feeds, shape);
  return trace.of(
    product(trace, flat, flat[0] === feeds[0] ? shape : shape.slice(1), attrs),
    shape,
  );
};

// TensorFlow.js gives the operands of a fused product a first axis of one.
function flattened(
  trace: TraceBackend,
  feeds: readonly Wire[],
  shape: readonly number[],
): readonly Wire[] {
  const [a, b] = feeds as [Wire, Wire];
  if (shape.length !== 3 || a.shape[0] !== 1 || b.shape[0] !== 1) return feeds;
  return feeds.map((feed) =>
    feed.shape.length === 3 ? trace.graph.reshape(feed, feed.shape.slice(1)) : feed,
  );
}

interface Turned {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

// Two axes are a Gemm; with more, only ONNX Runtime's own product reads a transposed operand.
function product(
  { graph }: TraceBackend,
  feeds: readonly Wire[],
  shape: readonly number[],
  { transposeA, transposeB }: Turned,
): Wire {
  const attributes = { transA: Number(transposeA), transB: Number(transposeB) };
  if (shape.length === 2) return graph.node('Gemm', feeds, shape, { attributes });
  const [a, b, bias] = feeds as [Wire, Wire, Wire | undefined];
  const both = [a, b];
  const domain = 'com.microsoft';
  const result =
    transposeA || transposeB
      ? graph.node('FusedMatMul', both, shape, { attributes, domain })
      : graph.node('MatMul', both, shape);
  return bias ? graph.node('Add', [result, bias], shape) : result;
}

function shapeOf(a: TensorInfo, b: TensorInfo, { transposeA, transposeB }: Turned): number[] {
  const rows = a.shape.at(transposeA ? -1 : -2) as number;
  const columns = b.shape.at(transposeB ? -2 : -1) as number;
  const [left, right] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  return [...tf.backend_util.assertAndGetBroadcastShape(left, right), rows, columns];
}

/** Matrix products. */
export const PRODUCTS: Kernels = { BatchMatMul: matMul, _FusedMatMul: fusedMatMul };
