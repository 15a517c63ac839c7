import { tensor } from '../../core/index.js';
import type { Tensors } from '../../core/index.js';
import { adamPace } from './adam.js';
import type { Compiled, Computation, Engine, Shapes, Symbols } from './engine.js';
import type { Findings } from './findings.js';
import { GRADIENT, RENEWED, stagesOf } from './gradient-stages.js';
import type { TrainingState } from './stepper.js';
import { adamOf, stateShapes, type StepDesign } from './steps/training-step.js';

/** The second half of a training step taken apart: the optimisers, given averaged findings. */
export interface GradientApplier {
  readonly stages: number;
  /** Applies findings of a stage at this learning rate; the last one counts the step as done. */
  apply(
    stage: number,
    state: TrainingState,
    findings: Findings,
    rate: number,
  ): Promise<TrainingState>;
  close(): Promise<void>;
}

interface Stage {
  readonly roles: readonly string[];
  readonly compiled: Compiled;
  readonly last: boolean;
}

/** Compiles the optimisers of a design; `threads` is 1 unless told. */
export async function openGradientApplier(
  engine: Engine,
  design: StepDesign,
  threads = 1,
): Promise<GradientApplier> {
  const groups = stagesOf(design);
  const stages: Stage[] = [];
  for (const [stage, roles] of groups.entries()) {
    const shapes = applyShapes(design, roles);
    const compiled = await engine.compile(shapes, applying(design, roles), { threads });
    stages.push({ roles, compiled, last: stage === groups.length - 1 });
  }
  return {
    stages: stages.length,
    apply: (stage, state, findings, rate) =>
      applied(design, stages[stage] as Stage, state, findings, rate),
    close: async () => {
      for (const { compiled } of stages) await compiled.close();
    },
  };
}

function applying(design: StepDesign, roles: readonly string[]): Computation {
  return (inputs) => {
    const next = roles.flatMap((role) => {
      const gradient = inputs[GRADIENT + role] as Symbols[string];
      const vectors = Object.entries(adamOf(design, inputs, role, gradient));
      return vectors.map(([part, value]) => [`${role}.${part}`, value]);
    });
    return Object.fromEntries(next);
  };
}

function applyShapes(design: StepDesign, roles: readonly string[]): Shapes {
  const state = stateShapes(design);
  const shapes = roles.flatMap((role) => {
    const size = state[`${role}.parameters`] as readonly number[];
    const names = [`${role}.parameters`, `${role}.mean`, `${role}.variance`, GRADIENT + role];
    return [...names.map((name) => [name, size] as const), [`${role}.pace`, [3]] as const];
  });
  return Object.fromEntries(shapes);
}

async function applied(
  design: StepDesign,
  { roles, compiled, last }: Stage,
  { step, tensors }: TrainingState,
  { gradients, kept }: Findings,
  rate: number,
): Promise<TrainingState> {
  const extra = roles.flatMap((role) => {
    const pace = adamPace(rate, step + 1, design.networks[role]!.adam);
    const gradient = gradients[role] as Tensors[string];
    return [[`${role}.pace`, tensor([3], pace)] as const, [GRADIENT + role, gradient] as const];
  });
  const next = await compiled.run({ ...tensors, ...Object.fromEntries(extra) });
  if (last) return { step: step + 1, tensors: { ...settled(tensors), ...next, ...kept } };
  const waiting = Object.entries(next).map(([name, value]) => [RENEWED + name, value]);
  return { step, tensors: { ...tensors, ...Object.fromEntries(waiting) } };
}

// What an earlier stage renewed takes its place at the end of the step.
function settled(tensors: Tensors): Tensors {
  const next: Record<string, Tensors[string]> = {};
  const waiting = ([name]: readonly [string, unknown]): boolean => name.startsWith(RENEWED);
  const entries = Object.entries(tensors);
  for (const [name, value] of entries.filter((entry) => !waiting(entry))) next[name] = value;
  for (const [name, value] of entries.filter(waiting)) next[name.slice(RENEWED.length)] = value;
  return next;
}
