import type * as Ort from 'onnxruntime-node';
import type { Tensor, Tensors } from '../../core/index.js';

/** How a session computes. */
export interface SessionOptions {
  /** Computing threads; 1 gives the same bytes on every machine of one kind. */
  readonly threads: number;
  /** How hard the graph is rearranged, `all` unless told. */
  readonly optimise?: 'basic' | 'all';
}

/** An opened ONNX graph. `run` blocks the thread it is called on; `close` frees its memory. */
export interface Session {
  run(feeds: Tensors, outputs: readonly string[]): Promise<Tensors>;
  close(): Promise<void>;
}

/** Opens a model's bytes in ONNX Runtime, which is loaded on the first call only. */
export async function openSession(bytes: Uint8Array, options: SessionOptions): Promise<Session> {
  const ort = await import('onnxruntime-node');
  const session = await ort.InferenceSession.create(bytes, {
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: options.optimise ?? 'all',
    logSeverityLevel: 3,
    // A waiting thread that spins starves its neighbours on a shared machine.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  return {
    run: async (feeds, outputs) => {
      const values = Object.entries(feeds).map(([name, value]) => [name, toOrt(ort, name, value)]);
      const results = await session.run(Object.fromEntries(values), [...outputs]);
      return Object.fromEntries(outputs.map((name) => [name, fromOrt(results[name]!)]));
    },
    close: () => session.release(),
  };
}

// `steps` is the one gate of whole numbers.
function toOrt(ort: typeof Ort, name: string, { shape, data }: Tensor): Ort.Tensor {
  if (name === 'steps')
    return new ort.Tensor('int64', BigInt64Array.from([...data], BigInt), shape);
  return new ort.Tensor('float32', data, shape);
}

function fromOrt(value: Ort.OnnxValue): Tensor {
  return { shape: value.dims, data: value.data as Float32Array };
}
