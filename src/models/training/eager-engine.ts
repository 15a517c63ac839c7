import type { Tensors } from '../../core/index.js';
import { checkedInputs } from './checked-inputs.js';
import type { Compiled, Computation, Engine, Shapes } from './engine.js';
import { letGo } from './kept.js';
import { tf } from './tensorflow.js';

/** TensorFlow.js's own plain CPU backend: the slow oracle. */
export const cpuEngine: Engine = eagerEngine('cpu', 'cpu');

/** Runs a computation operation by operation on a TensorFlow.js backend, `cpu` or `tensorflow`. */
export function eagerEngine(name: Engine['name'], backend: string): Engine {
  return {
    name,
    compile: async (shapes, computation) => {
      await tf.setBackend(backend);
      return compiled(backend, shapes, computation);
    },
  };
}

function compiled(backend: string, shapes: Shapes, computation: Computation): Compiled {
  return {
    nodes: undefined,
    run: async (inputs) => {
      if (tf.getBackend() !== backend) await tf.setBackend(backend);
      return computed(checkedInputs(shapes, inputs), computation);
    },
    close: () => Promise.resolve(),
  };
}

function computed(inputs: Tensors, computation: Computation): Tensors {
  const before = tf.engine();
  before.startScope('eager');
  try {
    const symbols = Object.entries(inputs).map(([name, { shape, data }]) => [
      name,
      tf.tensor(data, [...shape], 'float32'),
    ]);
    const results = Object.entries(computation(Object.fromEntries(symbols)));
    const read = results.map(([name, tensor]) => {
      const data = Float32Array.from(tensor.dataSync());
      return [name, { shape: tensor.shape, data }];
    });
    return Object.fromEntries(read);
  } finally {
    before.endScope();
    letGo();
  }
}
