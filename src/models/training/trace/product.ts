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
  return flatProduct(trace, [trace.wire(a), trace.wire(b)], shape, attrs);
};

// A product and a sum; of two axes they are one Gemm.
const fusedMatMul: Kernel = (call) => {
  const { trace, attrs, inputs } = call;
  const [a, b] = [input(call, 'a'), input(call, 'b')];
  if (attrs.activation && attrs.activation !== 'linear') throw new Error('a fused activation');
  const shape = shapeOf(a, b, attrs);
  const feeds = [a, b, ...(inputs.bias ? [inputs.bias] : [])].map((info) => trace.wire(info));
  return flatProduct(trace, feeds, shape, attrs);
};

// TensorFlow.js gives plain products a first axis of one, which keeps them from being a Gemm.
function flatProduct(
  trace: TraceBackend,
  feeds: readonly Wire[],
  shape: readonly number[],
  turned: Turned,
): TensorInfo {
  const plain = shape.length === 3 && feeds.every((x) => x.shape.length < 3 || x.shape[0] === 1);
  if (!plain) return trace.of(product(trace, feeds, shape, turned));
  const flat = feeds.map((x) =>
    x.shape.length === 3 ? trace.graph.reshape(x, x.shape.slice(1)) : x,
  );
  return trace.of(product(trace, flat, shape.slice(1), turned), shape);
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

/** Matrix products of any rank, with and without a sum. */
export const PRODUCTS: Kernels = { BatchMatMul: matMul, _FusedMatMul: fusedMatMul };
