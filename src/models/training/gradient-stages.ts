import type { Tensors } from '../../core/index.js';
import type { TrainingState } from './stepper.js';
import type { StepDesign } from './steps/training-step.js';

/** The prefix of what an earlier stage of the same step has renewed. */
export const RENEWED = 'renewed.';
/** The prefix of a role's gradient. */
export const GRADIENT = 'gradient.';

const ADAM = /\.(mean|variance)$/;

/**
 * The roles whose gradients each stage of a step finds: one stage, or two when some networks are
 * renewed before the others hear them.
 */
export function stagesOf({ first = [], networks }: StepDesign): readonly (readonly string[])[] {
  const rest = Object.keys(networks).filter((role) => !first.includes(role));
  return first.length > 0 ? [first, rest] : [rest];
}

/** Whether finding gradients needs this part of a state: all but the optimisers' vectors. */
export function isHeard(name: string): boolean {
  return !ADAM.test(name);
}

/** What of a state a stage hears that the stages before it have not. */
export function heardAt(stage: number, { tensors }: TrainingState): Tensors {
  const fresh = (name: string): boolean => stage === 0 || name.startsWith(RENEWED);
  const entries = Object.entries(tensors).filter(([name]) => isHeard(name) && fresh(name));
  return Object.fromEntries(entries);
}
