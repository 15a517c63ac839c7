import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom, UserError } from '../core/index.js';
import type { Draw, Training } from '../models/index.js';
import type { Piece } from './corpus/split.js';
import { type Best, isBest, readBest, writeBest } from './folder/best-versions.js';
import type { Beginning, RunPlace } from './folder/run-place.js';
import { versionId } from './folder/run-id.js';
import { trainingCard } from './folder/training-card.js';
import { keepVersion, type Moment, storeRun } from './folder/stored-run.js';
import { heldOutLosses, type Losses } from './held-out.js';
import type { Material } from './material.js';
import { writePreview } from './previews.js';
import type { Phase, Stepper, TrainingPlan, TrainingState } from './plans/plan.js';
import { stepperFor, type StepperParts } from './stepper-for.js';
import type { Tracking } from './tracking/tracking.js';

/** What a training run is made of. */
export interface RunParts extends StepperParts {
  readonly material: Material;
  readonly place: RunPlace;
  readonly state: TrainingState;
  readonly tracking: Tracking;
}

// Every step at first, when most happens; later every tenth.
const EVERY_STEP_UNTIL = 1000;

/** A training under way: its networks, and what it keeps of them on disk. */
export class TrainingRun {
  readonly #parts: RunParts;
  readonly #seed: number;
  #phase: Phase;
  #stepper: Stepper;
  #draw: Draw;
  #state: TrainingState;
  #best: readonly Best[];
  #losses: Losses | undefined;
  #heldOut: Losses | undefined;

  private constructor(parts: RunParts, phase: Phase, stepper: Stepper, best: readonly Best[]) {
    this.#parts = parts;
    this.#seed = parts.beginning.seed;
    this.#state = parts.state;
    this.#phase = phase;
    this.#stepper = stepper;
    this.#draw = drawOf(parts, phase);
    this.#best = best;
  }

  /** Compiles the phase that the state is in. */
  static async open(parts: RunParts): Promise<TrainingRun> {
    const { state, place, plan } = parts;
    // At the very end of a phase its own state is kept: the next step enters the next phase.
    const phase = phaseAt(plan, Math.max(1, state.step));
    const stepper = await stepperFor(parts, phase);
    const best = await readBest(place, state.step);
    return new TrainingRun(parts, phase, stepper, best);
  }

  /** Steps done. */
  get step(): number {
    return this.#state.step;
  }

  /** The name of the present phase. */
  get phase(): string {
    return this.#phase.name;
  }

  /** The best version of each phase so far. */
  get best(): readonly Best[] {
    return this.#best;
  }

  /** The latest held-out losses, if there were any since the run was opened. */
  get heldOut(): Losses | undefined {
    return this.#heldOut;
  }

  /** Nodes of the recorded step; undefined where nothing is recorded. */
  get nodes(): number | undefined {
    return this.#stepper.nodes;
  }

  /** The present moment, as it can be stored. */
  get moment(): Moment {
    const { training, plan, beginning } = this.#parts;
    const note = `step ${this.step} of run ${beginning.id}`;
    const { design } = this.#phase;
    return { training, plan, design, state: this.#state, beginning, notes: [note] };
  }

  /** Does one step. Throws a UserError when a loss is no longer a number. */
  async advance(): Promise<Losses> {
    const step = this.step + 1;
    if (step > this.#phase.until) await this.#enterNextPhase();
    const random = seededRandom(this.#seed, 'batch', String(step));
    const batch = this.#draw(random);
    const rate = rateAt(this.#phase, this.#parts.beginning, step);
    const { state, losses } = await this.#stepper.step(this.#state, batch, rate);
    for (const [name, loss] of Object.entries(losses)) {
      if (!Number.isFinite(loss)) throw diverged(name, step, this.#parts.beginning.id);
    }
    this.#state = state;
    this.#losses = losses;
    if (step <= EVERY_STEP_UNTIL || step % 10 === 0) {
      await this.#parts.tracking.track({ event: 'step', step, phase: this.phase, losses });
    }
    return losses;
  }

  /** Listens to held-out material, where there is any; a new best version is kept as a run. */
  async evaluate(): Promise<Losses | undefined> {
    const { plan, material, beginning, tracking } = this.#parts;
    const pieces = material.split.heldOut;
    if (pieces.length === 0) return undefined;
    const stats = beginning.stats ?? NO_STATS;
    const draw = plan.draw(this.#phase.design, pieces, stats, 'judge');
    const { held_out_batches: batches } = beginning.settings;
    const heldOut = await heldOutLosses(this.#stepper, this.#state, draw, batches, this.#seed);
    await tracking.track({ event: 'held-out', ...this.#now, losses: heldOut });
    this.#heldOut = heldOut;
    const figure = heldOut[this.#phase.figure] as number;
    if (isBest(this.#best, this.phase, figure)) await this.#keepBest(figure);
    return heldOut;
  }

  /** Writes the checkpoint from which the training goes on bit by bit. */
  async checkpoint(): Promise<void> {
    const { training, place } = this.#parts;
    await training.saveCheckpoint(place.checkpoint, { seed: this.#seed, state: this.#state });
  }

  /** Stores the present weights as the run that others use, with its card and loss picture. */
  async store(): Promise<void> {
    const { place, tracking } = this.#parts;
    await storeRun(place, place.id, this.moment, this.#writeCard);
    await tracking.track({ event: 'stored', ...this.#now });
  }

  /** Writes a picture, and a sound where there is one, of what the network does by now. */
  async preview(): Promise<void> {
    const { material, place } = this.#parts;
    const { heldOut, training } = material.split;
    await writePreview(place.previews, this.moment, (heldOut[0] ?? training[0]) as Piece);
  }

  /** Keeps the present weights as a run of its own, whose id it returns. */
  async keep(): Promise<string> {
    const { id } = await keepVersion(this.#parts.place, this.moment);
    await this.#parts.tracking.track({ event: 'kept', ...this.#now, run: id, as: 'version' });
    return id;
  }

  /** Frees the engine's memory. */
  close(): Promise<void> {
    return this.#stepper.close();
  }

  async #keepBest(figure: number): Promise<void> {
    const { place, beginning, tracking } = this.#parts;
    const phase = this.phase;
    const id = versionId(beginning.id, `best ${phase}`);
    const says = `best ${phase} version so far: ${this.#phase.figure} ${figure.toPrecision(5)}`;
    const notes = [...this.moment.notes, says];
    await storeRun(place, id, { ...this.moment, notes }, this.#writeCard);
    this.#best = await writeBest(place, this.#best, { phase, step: this.step, figure, id });
    await tracking.track({ event: 'kept', ...this.#now, run: id, as: 'best' });
  }

  get #now(): { readonly step: number; readonly phase: string } {
    return { step: this.step, phase: this.phase };
  }

  readonly #writeCard = async (folder: string): Promise<void> => {
    const { beginning, material } = this.#parts;
    const { corpus, split } = material;
    const best = this.#best.map(({ phase, step, figure, id }) => {
      return { says: `best of ${phase}: ${figure.toPrecision(5)} at step ${step}, run ${id}` };
    });
    const { step, phase } = this;
    const [losses, heldOut] = [this.#losses, this.#heldOut];
    const facts = { beginning, corpus, split, step, phase, losses, heldOut, best };
    await appendFile(join(folder, 'card.md'), trainingCard(facts));
  };

  async #enterNextPhase(): Promise<void> {
    const { training, plan } = this.#parts;
    const next = phaseAt(plan, this.step + 1);
    await this.#stepper.close();
    this.#stepper = await stepperFor(this.#parts, next);
    this.#state = carriedOver(training, next, this.#state, this.#seed);
    this.#phase = next;
    this.#draw = drawOf(this.#parts, next);
  }
}

const NO_STATS = { mean: [], std: [] };

function drawOf({ plan, material, beginning }: RunParts, phase: Phase): Draw {
  return plan.draw(phase.design, material.split.training, beginning.stats ?? NO_STATS, 'learn');
}

/** The phase in which a step is done. */
export function phaseAt({ phases }: TrainingPlan, step: number): Phase {
  return phases.find(({ until }) => step <= until) as Phase;
}

// What both phases have is kept, optimiser and all; what is new begins as it would have.
function carriedOver(
  training: Training,
  { design }: Phase,
  before: TrainingState,
  seed: number,
): TrainingState {
  const fresh = training.initialState(design, seed).tensors;
  const tensors = Object.fromEntries(
    Object.entries(fresh).map(([name, tensor]) => [name, before.tensors[name] ?? tensor]),
  );
  return { step: before.step, tensors };
}

function rateAt({ rate }: Phase, { settings }: Beginning, step: number): number {
  const half = settings.rate_half_steps;
  return half === 0 ? rate : rate * 0.5 ** ((step - 1) / half);
}

function diverged(name: string, step: number, id: string): UserError {
  return new UserError({
    what: `the loss '${name}' is no longer a number at step ${step}`,
    where: `run ${id}`,
    hint: 'begin again with a smaller rate: --set rate=…',
  });
}
