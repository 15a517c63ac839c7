import { UserError } from '../core/index.js';
import type { Training } from '../models/index.js';
import type { Engine } from './plans/plan.js';

/** An engine, its name as a run stores it, and why it was taken. */
export interface ChosenEngine {
  readonly engine: Engine;
  readonly name: string;
  readonly why: string;
}

/** The engine of a name. Throws a UserError for a name that is none. */
export function engineFor({ tracedEngine, cpuEngine }: Training, name: string): ChosenEngine {
  switch (name) {
    case 'auto':
      return { engine: tracedEngine, name: 'traced', why: 'runs everywhere at native speed' };
    case 'traced':
      return { engine: tracedEngine, name, why: 'as asked' };
    case 'cpu':
      return { engine: cpuEngine, name, why: 'as asked; a hundred times slower' };
    default:
      throw new UserError({
        what: `no engine '${name}'`,
        where: '--engine',
        allowed: 'auto, traced, cpu',
      });
  }
}
