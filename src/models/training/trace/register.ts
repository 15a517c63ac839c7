import type { TensorInfo } from '@tensorflow/tfjs-core';
import { tf } from '../tensorflow.js';
import { TRACE, TraceBackend } from './backend.js';
import { ARITHMETIC } from './arithmetic.js';
import { CONVOLUTIONS } from './convolution.js';
import { ELEMENTWISE } from './elementwise.js';
import { GROUPED } from './grouped-convolution.js';
import type { Kernels } from './kernel.js';
import { PRODUCTS } from './product.js';
import { REDUCTIONS } from './reduction.js';
import { SHAPING } from './shaping.js';

const KERNELS: Kernels = {
  ...ARITHMETIC,
  ...ELEMENTWISE,
  ...REDUCTIONS,
  ...SHAPING,
  ...PRODUCTS,
  ...CONVOLUTIONS,
  ...GROUPED,
};

let backend: TraceBackend | undefined;

/** The recording backend, registered with TensorFlow.js on the first call. */
export function traceBackend(): TraceBackend {
  if (backend) return backend;
  const made = new TraceBackend();
  tf.registerBackend(TRACE, () => made, 0);
  for (const [kernelName, kernel] of Object.entries(KERNELS)) {
    tf.registerKernel({
      kernelName,
      backendName: TRACE,
      kernelFunc: ({ inputs, attrs }) =>
        kernel({ trace: made, inputs: inputs as Record<string, TensorInfo>, attrs }),
    });
  }
  backend = made;
  return made;
}
