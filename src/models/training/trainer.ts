import { type Random, seededRandom, UserError } from '../../core/index.js';
import type { Tensors } from '../../core/index.js';
import type { Engine } from './engine.js';
import { initialState, type Losses, openStepper, type Stepper } from './stepper.js';
import type { TrainingState } from './stepper.js';
import type { StepDesign } from './steps/training-step.js';

/**
 * Where batches come from. Chance is the step's own, so that what is drawn at step n depends on
 * the seed and n alone: a run that was broken off draws the same as one that was not.
 */
export type BatchSource = (random: Random) => Tensors | Promise<Tensors>;

/** What a trainer is made of. */
export interface TrainerParts {
  readonly engine: Engine;
  readonly design: StepDesign;
  readonly batches: BatchSource;
  readonly seed: number;
  /** Adam's learning rate. */
  readonly rate: number;
  /** Computing threads, 1 unless told; another number gives other roundings. */
  readonly threads?: number;
  /** Where to go on from; PyTorch's initialisation of the seed unless told. */
  readonly start?: TrainingState;
}

/** One line of a run's history. */
export interface HistoryRecord {
  readonly step: number;
  readonly losses: Losses;
}

/** Trains, one step at a time. Same parts, same losses. `close` frees the engine's memory. */
export interface Trainer {
  readonly state: TrainingState;
  /** Nodes of the recorded graph; undefined where nothing is recorded. */
  readonly nodes: number | undefined;
  /** Does one step. Throws a UserError when a loss is no longer a number. */
  advance(): Promise<HistoryRecord>;
  close(): Promise<void>;
}

/** Compiles the step and starts from the beginning, or from where a checkpoint left off. */
export async function openTrainer(parts: TrainerParts): Promise<Trainer> {
  const stepper = await openStepper(parts.engine, parts.design, parts.threads);
  let state = parts.start ?? initialState(parts.design, parts.seed);
  return {
    get state() {
      return state;
    },
    nodes: stepper.nodes,
    advance: async () => {
      const done = await advanced(stepper, parts, state);
      state = done.state;
      return { step: state.step, losses: done.losses };
    },
    close: () => stepper.close(),
  };
}

async function advanced(
  stepper: Stepper,
  { batches, seed, rate }: TrainerParts,
  state: TrainingState,
): ReturnType<Stepper['step']> {
  const random = seededRandom(seed, 'batch', String(state.step + 1));
  const done = await stepper.step(state, await batches(random), rate);
  for (const [name, loss] of Object.entries(done.losses)) {
    if (Number.isFinite(loss)) continue;
    throw new UserError({
      what: `the loss '${name}' became ${loss} at step ${done.state.step}`,
      hint: 'go on from an earlier checkpoint with a smaller learning rate',
    });
  }
  return done;
}
