import type { Random } from '../../core/index.js';
import { type RunRecord, type Training, type Weights, loadTraining } from '../../models/index.js';
import type { Lesson, StepDesign } from './lesson.js';

/** How long one lesson is, and how boldly it learns. */
export interface Diligence {
  readonly steps: number;
  /** Adam's learning rate. */
  readonly rate: number;
}

/** What a lesson made of the weights; `loss` is that of its last step. */
export interface Learned {
  readonly weights: Weights;
  readonly loss: number;
}

/** A network that goes on learning from where its last lesson left it. */
export class Learner {
  readonly #training: Training;
  readonly #design: StepDesign;
  readonly #stepper: Awaited<ReturnType<Training['openStepper']>>;
  #state: ReturnType<Training['initialState']>;

  private constructor(
    training: Training,
    design: StepDesign,
    stepper: Awaited<ReturnType<Training['openStepper']>>,
    weights: Readonly<Record<string, Weights>>,
  ) {
    this.#training = training;
    this.#design = design;
    this.#stepper = stepper;
    this.#state = training.initialState(design, 0, weights);
  }

  /** Records the step on the traced engine, one thread, and begins with the weights of a run. */
  static async open(run: RunRecord, lesson: Lesson): Promise<Learner> {
    const training = await loadTraining();
    const design = lesson.design(training);
    const weights = { [lesson.part]: await run.weights(lesson.role) };
    const stepper = await training.openStepper(training.tracedEngine, design, 1);
    return new Learner(training, design, stepper, weights);
  }

  /**
   * Takes steps on what is remembered now. Undefined, with nothing learned, when a loss became no
   * number.
   */
  async learn(
    lesson: Lesson,
    { steps, rate }: Diligence,
    random: Random,
  ): Promise<Learned | undefined> {
    const draw = lesson.draw(this.#design);
    let state = this.#state;
    let loss = 0;
    for (let step = 0; step < steps; step++) {
      const done = await this.#stepper.step(state, draw(random), rate);
      state = done.state;
      loss = done.losses.loss as number;
      if (!Object.values(done.losses).every(Number.isFinite)) return undefined;
    }
    const weights = this.#training.weightsOf(this.#design, state, lesson.part);
    if (![...weights.values()].every(({ data }) => data.every(Number.isFinite))) return undefined;
    this.#state = state;
    return { weights, loss };
  }

  /** The networks under training, by their part in the design. */
  network({ part }: Lesson): StepDesign['networks'][string] {
    return this.#design.networks[part]!;
  }

  /** Frees the engine's memory. */
  close(): Promise<void> {
    return this.#stepper.close();
  }
}
