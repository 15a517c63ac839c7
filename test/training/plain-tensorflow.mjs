// Preloaded into a program (node --import), this answers to the name of the native package
// with TensorFlow.js's plain CPU backend, so that what the engine does can be seen anywhere.
import { createRequire, register } from 'node:module';

const require = createRequire(import.meta.url);
const file = (name) => JSON.stringify(require.resolve(name));
const source = `
  import { createRequire } from 'node:module';
  const require = createRequire(${JSON.stringify(import.meta.url)});
  const tf = require(${file('@tensorflow/tfjs-core')});
  const { MathBackendCPU } = require(${file('@tensorflow/tfjs-backend-cpu')});
  tf.registerBackend('tensorflow', () => new MathBackendCPU());
  tf.copyRegisteredKernels('cpu', 'tensorflow');
`;
const url = `data:text/javascript,${encodeURIComponent(source)}`;
const hooks = `
  export const resolve = (name, context, next) =>
    name === '@tensorflow/tfjs-node'
      ? { url: ${JSON.stringify(url)}, shortCircuit: true }
      : next(name, context);
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
