import { messageOf } from '../../core/index.js';
import { eagerEngine } from './eager-engine.js';
import type { Engine } from './engine.js';
import { tf } from './tensorflow.js';

/** TensorFlow's native engine, or why it cannot be had. */
export type FoundTensorflow =
  | { readonly engine: Engine; readonly from: string }
  | { readonly engine: undefined; readonly why: string };

/** The packages that bring TensorFlow's native code, the better one first. */
export const TENSORFLOW_PACKAGES: readonly string[] = [
  '@tensorflow/tfjs-node-gpu',
  '@tensorflow/tfjs-node',
];

const BACKEND = 'tensorflow';

/**
 * Looks for TensorFlow's native engine, which a user installs with `npm run setup -- --tensorflow`.
 * A package that is there but cannot be loaded is told apart from none.
 */
export async function findTensorflow(
  load: (name: string) => Promise<unknown> = (name) => import(name),
): Promise<FoundTensorflow> {
  const reasons: string[] = [];
  for (const from of TENSORFLOW_PACKAGES) {
    try {
      await load(from);
    } catch (thrown) {
      const code = (thrown as { readonly code?: string }).code;
      const absent = code === 'ERR_MODULE_NOT_FOUND';
      reasons.push(`${from} ${absent ? 'is not installed' : `does not load: ${first(thrown)}`}`);
      continue;
    }
    // A second copy of the core would have registered its backend where nobody looks.
    if (tf.findBackendFactory(BACKEND)) return { engine: eagerEngine(BACKEND, BACKEND), from };
    reasons.push(`${from} brings another copy of TensorFlow.js`);
  }
  return { engine: undefined, why: reasons.join('; ') };
}

function first(thrown: unknown): string {
  return messageOf(thrown).split('\n')[0] as string;
}
