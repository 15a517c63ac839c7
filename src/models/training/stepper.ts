import { seededRandom, sizeOf, tensor } from '../../core/index.js';
import type { Tensors } from '../../core/index.js';
import { initialWeights } from '../networks/initial.js';
import type { Weights } from '../networks/kind.js';
import { adamPace } from './adam.js';
import type { Compiled, Engine } from './engine.js';
import { flatten, layoutsOf, unflatten } from './flat-parameters.js';
import {
  stateShapes,
  stepComputation,
  type StepDesign,
  stepShapes,
} from './steps/training-step.js';

/** What a training step left behind: everything that the next one needs but chance and data. */
export interface TrainingState {
  /** Steps done. */
  readonly step: number;
  readonly tensors: Tensors;
}

/** The losses of one step by name. */
export type Losses = Readonly<Record<string, number>>;

/** Does one step after another. `close` frees the engine's memory. */
export interface Stepper {
  /** Applies one batch at this learning rate. Throws a RangeError on a misshapen batch. */
  step(
    state: TrainingState,
    batch: Tensors,
    rate: number,
  ): Promise<{ readonly state: TrainingState; readonly losses: Losses }>;
  close(): Promise<void>;
  /** Nodes of the recorded graph; undefined where nothing is recorded. */
  readonly nodes: number | undefined;
}

/** Compiles a design for an engine; `threads` is 1 unless told. */
export async function openStepper(
  engine: Engine,
  design: StepDesign,
  threads = 1,
): Promise<Stepper> {
  const { optimise } = design;
  const compiled = await engine.compile(stepShapes(design), stepComputation(design), {
    threads,
    optimise,
  });
  return {
    nodes: compiled.nodes,
    step: (state, batch, rate) => advance(compiled, design, state, batch, rate),
    close: () => compiled.close(),
  };
}

async function advance(
  compiled: Compiled,
  design: StepDesign,
  state: TrainingState,
  batch: Tensors,
  rate: number,
): Promise<{ state: TrainingState; losses: Losses }> {
  const step = state.step + 1;
  const paces = Object.entries(design.networks).map(([role, { adam }]) => [
    `${role}.pace`,
    tensor([3], adamPace(rate, step, adam)),
  ]);
  const results = await compiled.run({ ...state.tensors, ...Object.fromEntries(paces), ...batch });
  const tensors: Record<string, Tensors[string]> = {};
  const losses: Record<string, number> = {};
  for (const [name, value] of Object.entries(results)) {
    if (name.startsWith('next.')) tensors[name.slice('next.'.length)] = value;
    else losses[name] = value.data[0] as number;
  }
  return { state: { step, tensors }, losses };
}

/** The state before the first step: given weights by role, PyTorch's initialisation otherwise. */
export function initialState(
  design: StepDesign,
  seed: number,
  given: Readonly<Record<string, Weights>> = {},
): TrainingState {
  const tensors: Record<string, Tensors[string]> = {};
  for (const [name, shape] of Object.entries(stateShapes(design))) {
    const data = new Float32Array(sizeOf(shape)).fill(design.carried[name] ?? 0);
    tensors[name] = { shape, data };
  }
  for (const [role, { kind, config }] of Object.entries(design.networks)) {
    const weights = given[role] ?? initialWeights(kind, config, seededRandom(seed, kind));
    const layouts = layoutsOf(kind, config);
    tensors[`${role}.parameters`]!.data.set(flatten(layouts.parameters, weights));
    tensors[`${role}.buffers`]!.data.set(flatten(layouts.buffers, weights));
  }
  return { step: 0, tensors };
}

/** The weights of a network under training, under every key of its state dict. */
export function weightsOf(design: StepDesign, state: TrainingState, role: string): Weights {
  const network = design.networks[role];
  if (!network) throw new RangeError(`nothing is trained as ${role}`);
  const { kind, config } = network;
  const { parameters, buffers } = layoutsOf(kind, config);
  // The position table and the batch count are not trained, and so come from the beginning.
  const base = initialWeights(kind, config, seededRandom(0, kind));
  const learned = unflatten(parameters, state.tensors[`${role}.parameters`]!.data, base);
  return unflatten(buffers, state.tensors[`${role}.buffers`]!.data, learned);
}
