import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { tf } from '../../../src/models/training/tensorflow.js';

const NAME = 'tensorflow';

/**
 * Stands in for the native package: registers TensorFlow.js's plain CPU backend under the name that
 * the package gives its own.
 */
export function registerPlainTensorflow(): void {
  tf.registerBackend(NAME, () => new MathBackendCPU());
  tf.copyRegisteredKernels('cpu', NAME);
}

/** Forgets it again. */
export function forgetPlainTensorflow(): void {
  for (const { kernelName } of tf.getKernelsForBackend(NAME)) tf.unregisterKernel(kernelName, NAME);
  tf.removeBackend(NAME);
}
