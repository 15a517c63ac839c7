import { UserError } from '../core/index.js';
import type { Training } from '../models/index.js';
import type { Engine } from './plans/plan.js';

/** An engine, and why it was taken. */
export interface ChosenEngine {
  readonly engine: Engine;
  readonly why: string;
}

/** The words of `--engine`. */
export const ENGINES: readonly string[] = ['auto', 'traced', 'tensorflow', 'cpu'];

/**
 * The engine of a name; `auto` takes TensorFlow's own where it is installed, else the traced one.
 * Throws a UserError for a name that is none, and where TensorFlow was asked for and is not there.
 */
export async function engineFor(training: Training, name: string): Promise<ChosenEngine> {
  const { tracedEngine, cpuEngine, findTensorflow } = training;
  if (name === 'traced') return { engine: tracedEngine, why: 'as asked' };
  if (name === 'cpu') return { engine: cpuEngine, why: 'as asked; a hundred times slower' };
  if (!ENGINES.includes(name)) {
    const allowed = ENGINES.join(', ');
    throw new UserError({ what: `no engine '${name}'`, where: '--engine', allowed });
  }
  const found = await findTensorflow();
  if (found.engine) return { engine: found.engine, why: `${found.from} is installed` };
  if (name === 'auto') return { engine: tracedEngine, why: found.why };
  const hint = 'npm run setup -- --tensorflow cpu, or --engine traced';
  throw new UserError({ what: found.why, where: '--engine', hint });
}
