import type { Training } from '../models/index.js';
import type { Beginning } from './folder/run-place.js';
import type { Engine, Phase, Stepper, TrainingPlan } from './plans/plan.js';
import { openCrew } from './workers/crew.js';

/** What a step is compiled for. */
export interface StepperParts {
  readonly training: Training;
  readonly engine: Engine;
  readonly plan: TrainingPlan;
  readonly beginning: Beginning;
}

/** Compiles the step of a phase, in this process, or in as many as the training has workers. */
export function stepperFor(
  { training, engine, plan, beginning }: StepperParts,
  phase: Phase,
): Promise<Stepper> {
  if (beginning.workers > 1) return openCrew(training, plan, phase, beginning);
  return training.openStepper(engine, phase.design, beginning.threads);
}
