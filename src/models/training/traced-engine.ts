import type { Tensors } from '../../core/index.js';
import { openSession } from '../runtime/onnx-runtime.js';
import { checkedInputs } from './checked-inputs.js';
import type { Compiled, CompileOptions, Computation, Engine, Shapes } from './engine.js';
import { letGo } from './kept.js';
import { tf } from './tensorflow.js';
import { TRACE } from './trace/backend.js';
import type { TraceGraph, Wire } from './trace/graph.js';
import { traceBackend } from './trace/register.js';

/** A recorded computation as the bytes of one ONNX model. */
export interface Recording {
  readonly bytes: Uint8Array;
  readonly nodes: number;
  /** The graph's own names of the outputs. */
  readonly outputs: readonly string[];
}

// So that an input, an output and a value between them may share a name.
const IN = 'in.';
const OUT = 'out.';

/** Records a computation, gradients and all, as one ONNX graph that ONNX Runtime executes. */
export const tracedEngine: Engine = { name: 'traced', compile };

async function compile(
  shapes: Shapes,
  computation: Computation,
  { threads = 1, optimise = 'all' }: CompileOptions = {},
): Promise<Compiled> {
  const { bytes, nodes, outputs } = record(shapes, computation);
  const session = await openSession(bytes, { threads, optimise });
  return {
    nodes,
    run: async (inputs) => {
      const feeds = Object.entries(checkedInputs(shapes, inputs)).map(([name, value]) => [
        IN + name,
        value,
      ]);
      const results = await session.run(Object.fromEntries(feeds), outputs);
      const named = outputs.map((name) => [name.slice(OUT.length), results[name]]);
      return Object.fromEntries(named) as Tensors;
    },
    close: () => session.close(),
  };
}

/**
 * Runs a computation once on symbols and writes down what its kernels were asked for. Throws when
 * it needs a kernel that is not recorded, or the value of a symbol.
 */
export function record(shapes: Shapes, computation: Computation): Recording {
  const backend = traceBackend();
  const before = tf.getBackend();
  const graph = backend.begin();
  // The backend is ready at once: nothing of this promise is left to wait for.
  void tf.setBackend(TRACE);
  tf.engine().startScope('trace');
  try {
    return recorded(graph, shapes, computation);
  } finally {
    tf.engine().endScope();
    letGo();
    backend.end();
    if (before) void tf.setBackend(before);
  }
}

function recorded(graph: TraceGraph, shapes: Shapes, computation: Computation): Recording {
  const backend = traceBackend();
  const inputs = Object.entries(shapes).map(([name, shape]) => graph.input(IN + name, shape));
  const symbols = inputs.map((wire) => {
    const { dataId } = backend.of(wire);
    return [
      wire.name.slice(IN.length),
      tf.engine().makeTensorFromDataId(dataId, [...wire.shape], 'float32', backend),
    ];
  });
  const results = computation(Object.fromEntries(symbols));
  const outputs = Object.entries(results).map(([name, tensor]): [string, Wire] => [
    OUT + name,
    backend.wire(tensor),
  ]);
  const used = graph.encode(inputs, Object.fromEntries(outputs));
  return { ...used, outputs: outputs.map(([name]) => name) };
}
