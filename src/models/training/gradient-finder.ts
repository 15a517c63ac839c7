import type { Tensors } from '../../core/index.js';
import type { Compiled, Computation, Engine, Shapes, Symbols } from './engine.js';
import type { Findings } from './findings.js';
import { GRADIENT, isHeard, RENEWED, stagesOf } from './gradient-stages.js';
import { computed, stateShapes, type StepDesign } from './steps/training-step.js';

/**
 * The first half of a training step taken apart for several workers: each finds gradients on its
 * part of the batch. A step has a second stage when some networks are renewed before the others
 * hear them.
 */
export interface GradientFinder {
  /** Nodes of all recorded stages; undefined where nothing is recorded. */
  readonly nodes: number | undefined;
  /** Gradients of one stage; `heard` is the batch, and what `heardAt` says of stages so far. */
  find(stage: number, heard: Tensors): Promise<Findings>;
  close(): Promise<void>;
}

const KEPT = 'kept.';
const LOSS = 'loss.';

/** Compiles the stages of a design that find gradients; `threads` is 1 unless told. */
export async function openGradientFinder(
  engine: Engine,
  design: StepDesign,
  threads = 1,
): Promise<GradientFinder> {
  const { first = [], optimise } = design;
  const groups = stagesOf(design);
  const stages: Compiled[] = [];
  for (const [stage, roles] of groups.entries()) {
    const last = stage === groups.length - 1;
    const shapes = heardShapes(design, last ? first : []);
    stages.push(await engine.compile(shapes, finding(design, roles, last), { threads, optimise }));
  }
  const counts = stages.flatMap(({ nodes }) => nodes ?? []);
  return {
    nodes: counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0),
    find: async (stage, heard) => sorted(await (stages[stage] as Compiled).run(heard)),
    close: async () => {
      for (const stage of stages) await stage.close();
    },
  };
}

// Only gradients leave, and networks that an earlier stage renewed are heard as renewed from where
// the step renews them; before that, as they were.
function finding(design: StepDesign, roles: readonly string[], last: boolean): Computation {
  return (inputs) => {
    const gradients: Record<string, Symbols[string]> = {};
    const { losses, state } = computed(design, inputs, (role, gradient) => {
      if (roles.includes(role)) gradients[GRADIENT + role] = gradient;
      const name = `${role}.parameters`;
      return (inputs[RENEWED + name] ?? inputs[name]) as Symbols[string];
    });
    if (!last) return gradients;
    const kept = [...state].flatMap(([name, value]) =>
      name.endsWith('.buffers') || name in design.carried ? [[KEPT + name, value]] : [],
    );
    const named = Object.entries(losses).map(([name, value]) => [LOSS + name, value]);
    return { ...gradients, ...Object.fromEntries(kept), ...Object.fromEntries(named) };
  };
}

function heardShapes(design: StepDesign, renewed: readonly string[]): Shapes {
  const state = stateShapes(design);
  const heard = Object.entries(state).filter(([name]) => isHeard(name));
  const again = renewed.map((role) => {
    const name = `${role}.parameters`;
    return [RENEWED + name, state[name] as readonly number[]] as const;
  });
  return { ...Object.fromEntries([...heard, ...again]), ...design.batch };
}

function sorted(results: Tensors): Findings {
  const under = (prefix: string): [string, Tensors[string]][] =>
    Object.entries(results).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    );
  const losses = under(LOSS).map(([name, { data }]) => [name, data[0] as number]);
  return {
    gradients: Object.fromEntries(under(GRADIENT)),
    kept: Object.fromEntries(under(KEPT)),
    losses: Object.fromEntries(losses),
  };
}
