import { tensor } from '../../core/index.js';
import type { Tensors } from '../../core/index.js';
import { adamPace } from './adam.js';
import type { Compiled, Computation, Engine, Shapes, Symbols } from './engine.js';
import type { Losses, TrainingState } from './stepper.js';
import { adamOf, computed, stateShapes, type StepDesign } from './steps/training-step.js';

/** What a worker found on its part of a batch, ready to be averaged with the others' findings. */
export interface Findings {
  /** Gradients [size] by role. */
  readonly gradients: Tensors;
  /** Buffers and carried numbers as the step left them; only of the last stage. */
  readonly kept: Tensors;
  readonly losses: Losses;
}

/**
 * A training step taken apart, for several workers: each computes gradients on its part of the
 * batch, the findings are averaged, and each applies the mean. A step has a second stage when
 * some networks are renewed before the others hear them.
 */
export interface GradientStepper {
  readonly stages: number;
  /** Gradients of one stage; `state` must be what applying the stage before it returned. */
  find(stage: number, state: TrainingState, batch: Tensors): Promise<Findings>;
  /** Applies averaged findings of a stage; the last one counts the step as done. */
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
  readonly find: Compiled;
  readonly apply: Compiled;
}

const GRADIENT = 'gradient.';
const KEPT = 'kept.';
const LOSS = 'loss.';
const RENEWED = 'renewed.';

/** Compiles the stages of a design; `threads` is 1 unless told. */
export async function openGradientStepper(
  engine: Engine,
  design: StepDesign,
  threads = 1,
): Promise<GradientStepper> {
  const { first = [], optimise } = design;
  const rest = Object.keys(design.networks).filter((role) => !first.includes(role));
  const groups = first.length > 0 ? [first, rest] : [rest];
  const shapes = { ...stateShapes(design), ...design.batch };
  const renewed = renewedShapes(design, first);
  const stages: Stage[] = [];
  for (const roles of groups) {
    const last = roles === rest;
    const heard = last ? { ...shapes, ...renewed } : shapes;
    const options = { threads, optimise };
    const find = await engine.compile(heard, finding(design, roles, last), options);
    const apply = await engine.compile(applyShapes(design, roles), applying(design, roles));
    stages.push({ roles, find, apply });
  }
  return {
    stages: stages.length,
    find: async (stage, state, batch) =>
      sorted(await (stages[stage] as Stage).find.run({ ...state.tensors, ...batch })),
    apply: (stage, state, findings, rate) =>
      applied(design, stages[stage] as Stage, state, findings, rate, stage === stages.length - 1),
    close: async () => {
      for (const { find, apply } of stages) await Promise.all([find.close(), apply.close()]);
    },
  };
}

/** The mean of several workers' findings on parts of equal size. */
export function averaged(findings: readonly Findings[]): Findings {
  const [one] = findings as [Findings];
  const losses = Object.keys(one.losses).map((name) => [
    name,
    mean(findings.map((each) => each.losses[name] as number)),
  ]);
  return {
    gradients: meanTensors(findings.map(({ gradients }) => gradients)),
    kept: meanTensors(findings.map(({ kept }) => kept)),
    losses: Object.fromEntries(losses),
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

function renewedShapes(design: StepDesign, roles: readonly string[]): Shapes {
  const state = stateShapes(design);
  const names = roles.map((role) => `${role}.parameters`);
  return Object.fromEntries(names.map((name) => [RENEWED + name, state[name] as number[]]));
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
  { roles, apply }: Stage,
  { step, tensors }: TrainingState,
  { gradients, kept }: Findings,
  rate: number,
  last: boolean,
): Promise<TrainingState> {
  const extra = roles.flatMap((role) => {
    const pace = adamPace(rate, step + 1, design.networks[role]!.adam);
    const gradient = gradients[role] as Tensors[string];
    return [[`${role}.pace`, tensor([3], pace)] as const, [GRADIENT + role, gradient] as const];
  });
  const next = await apply.run({ ...tensors, ...Object.fromEntries(extra) });
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

function meanTensors(all: readonly Tensors[]): Tensors {
  const [one] = all as [Tensors];
  const means = Object.entries(one).map(([name, { shape, data }]) => {
    const sum = Float64Array.from(data);
    for (const each of all.slice(1)) each[name]!.data.forEach((value, i) => (sum[i]! += value));
    return [
      name,
      tensor(
        [...shape],
        Float32Array.from(sum, (value) => value / all.length),
      ),
    ];
  });
  return Object.fromEntries(means);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
