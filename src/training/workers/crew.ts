import type { Tensors } from '../../core/index.js';
import type { BatchShapes, Training } from '../../models/index.js';
import type { Beginning } from '../folder/run-place.js';
import { planFor } from '../plans/plan-for.js';
import type { Phase, Stepper, TrainingPlan, TrainingState } from '../plans/plan.js';
import { partSettings, partsOf } from './batch-parts.js';
import { deviceOf } from './device.js';
import { Worker } from './worker.js';

interface Crew {
  readonly training: Training;
  readonly workers: readonly Worker[];
  readonly applier: Awaited<ReturnType<Training['openGradientApplier']>>;
  /** The shapes of one worker's part of a batch. */
  readonly part: BatchShapes;
}

/**
 * Starts the workers of a training, each a process that finds gradients on its part of every
 * batch. What comes back steps as one: the findings are averaged and applied once, here.
 */
export async function openCrew(
  training: Training,
  plan: TrainingPlan,
  phase: Phase,
  beginning: Beginning,
): Promise<Stepper> {
  const { id, kind, engine, threads } = beginning;
  const settings = partSettings(beginning.settings, beginning.workers);
  const index = plan.phases.indexOf(phase);
  const { design } = planFor(training, kind, settings).phases[index]!;
  const resume = `demiurge train --resume ${id}`;
  const workers = Array.from(
    { length: beginning.workers },
    (_, worker) => new Worker(resume, deviceOf(worker, engine, process.env)),
  );
  try {
    const task = { kind, settings, phase: index, engine, threads };
    const [nodes] = await Promise.all(workers.map((worker) => worker.open(task)));
    // Adam costs next to nothing beside a gradient, and the devices are the workers'.
    const applier = await training.openGradientApplier(training.tracedEngine, design, threads);
    const crew = { training, workers, applier, part: design.batch };
    return {
      nodes,
      step: (state, batch, rate) => stepped(crew, state, batch, rate),
      close: async () => {
        await Promise.all([closed(workers), applier.close()]);
      },
    };
  } catch (thrown) {
    await closed(workers);
    throw thrown;
  }
}

async function stepped(
  { training, workers, applier, part }: Crew,
  before: TrainingState,
  batch: Tensors,
  rate: number,
): ReturnType<Stepper['step']> {
  const { averaged, heardAt } = training;
  const parts = partsOf(batch, part, workers.length);
  let state = before;
  for (let stage = 0; ; stage++) {
    const news = heardAt(stage, state);
    const found = await Promise.all(
      workers.map((worker, i) => worker.find(stage, stage === 0 ? { ...news, ...parts[i] } : news)),
    );
    const findings = averaged(found);
    state = await applier.apply(stage, state, findings, rate);
    if (stage === applier.stages - 1) return { state, losses: findings.losses };
  }
}

async function closed(workers: readonly Worker[]): Promise<void> {
  await Promise.all(workers.map((worker) => worker.close()));
}
