import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom, sizeOf, tensor, type Tensors, UserError } from '../../../src/core/index.js';
import { parseConfig } from '../../../src/models/networks/config.js';
import type { SequencerConfig, UnaGanConfig } from '../../../src/models/networks/config.js';
import { parametersOf } from '../../../src/models/networks/describe.js';
import { openModel } from '../../../src/models/runtime/model.js';
import { loadCheckpoint, saveCheckpoint } from '../../../src/models/training/checkpoint.js';
import {
  initialState,
  type Losses,
  openStepper,
  type TrainingState,
  weightsOf,
} from '../../../src/models/training/stepper.js';
import { sequencerStep } from '../../../src/models/training/steps/sequencer-step.js';
import type { StepDesign } from '../../../src/models/training/steps/training-step.js';
import { unaGanStep } from '../../../src/models/training/steps/una-gan-step.js';
import { tracedEngine } from '../../../src/models/training/traced-engine.js';

const config = parseConfig('lstm', {
  descriptor_size: 3,
  hidden_size: 8,
  num_layers: 1,
}) as SequencerConfig;
const design = sequencerStep({ kind: 'lstm', config }, { batch: 4, frames: 9 });

const una = parseConfig('una-gan', {
  feat_dim: 8,
  z_dim: 3,
  z_scale_factors: [2],
  mfd: 4,
  num_groups: 2,
}) as UnaGanConfig;
const unaDesign = unaGanStep(
  { kind: 'una-gan', config: una, cycle: true },
  { batch: 2, frames: 8 },
);

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'training-'));
  file = join(folder, 'checkpoint.safetensors');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Course {
  readonly state: TrainingState;
  readonly losses: readonly Losses[];
}

// What is drawn at a step depends on the step's number alone.
async function trained(each: StepDesign, from: TrainingState, until: number): Promise<Course> {
  const stepper = await openStepper(tracedEngine, each);
  const losses: Losses[] = [];
  let state = from;
  while (state.step < until) {
    const done = await stepper.step(state, batchOf(each, state.step + 1), 5e-3);
    losses.push(done.losses);
    ({ state } = done);
  }
  await stepper.close();
  return { state, losses };
}

function batchOf({ batch }: StepDesign, step: number): Tensors {
  const random = seededRandom(11, 'batch', String(step));
  const entries = Object.entries(batch).map(([name, shape]) => {
    return [
      name,
      tensor(
        shape,
        Float32Array.from({ length: sizeOf(shape) }, () => random.normal()),
      ),
    ];
  });
  return Object.fromEntries(entries);
}

describe('a checkpoint', () => {
  it.each([
    ['the LSTM', design],
    ['una-GAN with a cycle', unaDesign],
  ])('is gone on from bit by bit as if unbroken: %s', async (_, each) => {
    const whole = await trained(each, initialState(each, 11), 7);
    const before = await trained(each, initialState(each, 11), 3);
    await saveCheckpoint(file, { seed: 11, state: before.state });
    const { seed, state } = await loadCheckpoint(file, each);
    expect([seed, state.step]).toEqual([11, 3]);
    const after = await trained(each, state, 7);
    expect(before.losses).toEqual(whole.losses.slice(0, 3));
    expect(after.losses).toEqual(whole.losses.slice(3));
    expect(after.state).toEqual(whole.state);
  });

  it('is refused by networks of other widths', async () => {
    await saveCheckpoint(file, { seed: 1, state: initialState(design, 1) });
    await expect(loadCheckpoint(file, unaDesign)).rejects.toThrow(UserError);
    expect(existsSync(`${file}.new`)).toBe(false);
  });

  it('is refused when it was cut short', async () => {
    const { tensors } = initialState(design, 1);
    await saveCheckpoint(file, { seed: 2 ** 40 + 5, state: { tensors, step: 2 ** 30 + 1 } });
    const { seed, state } = await loadCheckpoint(file, design);
    expect([seed, state.step]).toEqual([2 ** 40 + 5, 2 ** 30 + 1]);
    await truncate(file, (await readFile(file)).length - 8);
    await expect(loadCheckpoint(file, design)).rejects.toThrow(UserError);
  });
});

describe('what was trained', () => {
  it('is another from another seed', async () => {
    const [one, other] = [initialState(design, 11), initialState(design, 12)];
    const losses = [await trained(design, one, 1), await trained(design, other, 1)];
    expect(losses[0]!.losses).not.toEqual(losses[1]!.losses);
  });

  it('has weights that infer, with every key of the state dict', async () => {
    const { state } = await trained(design, initialState(design, 11), 5);
    const weights = weightsOf(design, state, 'sequencer');
    expect([...weights.keys()]).toEqual(parametersOf('lstm', config).map(({ name }) => name));
    const model = await openModel({ kind: 'lstm', config, weights });
    const { prediction } = await model.run({ window: tensor([1, 9, 3], new Float32Array(27)) });
    await model.close();
    expect(prediction?.data.every(Number.isFinite)).toBe(true);
  });
});
