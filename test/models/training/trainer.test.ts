import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom, tensor, UserError } from '../../../src/core/index.js';
import { parseConfig } from '../../../src/models/networks/config.js';
import type { SequencerConfig, UnaGanConfig } from '../../../src/models/networks/config.js';
import { parametersOf } from '../../../src/models/networks/describe.js';
import { openModel } from '../../../src/models/runtime/model.js';
import { loadCheckpoint, saveCheckpoint } from '../../../src/models/training/checkpoint.js';
import {
  descriptorBatches,
  melBatches,
  vocoderBatches,
} from '../../../src/models/training/data/batches.js';
import { weightsOf } from '../../../src/models/training/stepper.js';
import { sequencerStep } from '../../../src/models/training/steps/sequencer-step.js';
import { unaGanStep } from '../../../src/models/training/steps/una-gan-step.js';
import { tracedEngine } from '../../../src/models/training/traced-engine.js';
import { openTrainer } from '../../../src/models/training/trainer.js';
import type { Trainer, TrainerParts } from '../../../src/models/training/trainer.js';

const config = parseConfig('lstm', {
  descriptor_size: 3,
  hidden_size: 8,
  num_layers: 1,
}) as SequencerConfig;
const design = sequencerStep({ kind: 'lstm', config }, { batch: 4, frames: 9 });
const sequences = [0.3, 0.5].map((pace) => {
  const data = Float32Array.from({ length: 120 }, (_, i) => Math.sin(pace * Math.floor(i / 3) + i));
  return tensor([40, 3], data);
});
const parts: TrainerParts = {
  engine: tracedEngine,
  design,
  batches: descriptorBatches(design, sequences),
  seed: 11,
  rate: 5e-3,
};

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
const mels = [
  tensor(
    [8, 20],
    Float32Array.from({ length: 160 }, (_, i) => Math.cos(i)),
  ),
];
const unaParts: TrainerParts = {
  ...parts,
  design: unaDesign,
  batches: melBatches(unaDesign, mels),
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'training-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a trainer', () => {
  it('loses the same for the same seed, and otherwise for another', async () => {
    const [first, again, other] = [parts, parts, { ...parts, seed: 12 }];
    const losses = await Promise.all([first, again, other].map((each) => lossesOf(each, 6)));
    expect(losses[0]).toEqual(losses[1]);
    expect(losses[0]).not.toEqual(losses[2]);
  });

  it.each([
    ['the LSTM', parts],
    ['una-GAN with a cycle', unaParts],
  ])('goes on from a checkpoint bit by bit as if unbroken: %s', async (_, each) => {
    const whole = await openTrainer(each);
    const unbroken = await advance(whole, 7);
    const before = await openTrainer(each);
    await advance(before, 3);
    const file = join(folder, 'checkpoint.safetensors');
    await saveCheckpoint(file, { seed: each.seed, state: before.state });
    await before.close();
    const { seed, state } = await loadCheckpoint(file, each.design);
    expect(state.step).toBe(3);
    const after = await openTrainer({ ...each, seed, start: state });
    expect(await advance(after, 4)).toEqual(unbroken.slice(3));
    expect(after.state).toEqual(whole.state);
    await Promise.all([whole.close(), after.close()]);
  });

  it('learns a melody better than it guessed at first', async () => {
    const losses = await lossesOf(parts, 120);
    expect(losses.at(-1)?.loss).toBeLessThan(0.5 * (losses[0]?.loss as number));
  });

  it('hands over weights that infer, with every key of the state dict', async () => {
    const trainer = await openTrainer(parts);
    await advance(trainer, 5);
    const weights = weightsOf(design, trainer.state, 'sequencer');
    await trainer.close();
    expect([...weights.keys()]).toEqual(parametersOf('lstm', config).map(({ name }) => name));
    const model = await openModel({ kind: 'lstm', config, weights });
    const { prediction } = await model.run({ window: tensor([1, 9, 3], new Float32Array(27)) });
    await model.close();
    expect(prediction?.data.every(Number.isFinite)).toBe(true);
  });

  it('stops with a remedy when a loss is no longer a number', async () => {
    const trainer = await openTrainer({ ...parts, rate: 1e30 });
    await expect(advance(trainer, 5)).rejects.toThrow(/became (NaN|Infinity) at step/);
    await trainer.close();
  });
});

describe('a checkpoint', () => {
  it('is refused by networks of other widths', async () => {
    const trainer = await openTrainer(parts);
    const file = join(folder, 'checkpoint.safetensors');
    await saveCheckpoint(file, { seed: 1, state: trainer.state });
    await trainer.close();
    await expect(loadCheckpoint(file, unaDesign)).rejects.toThrow(UserError);
    expect(existsSync(`${file}.new`)).toBe(false);
  });

  it('is refused when it was cut short', async () => {
    const trainer = await openTrainer(parts);
    const file = join(folder, 'checkpoint.safetensors');
    await saveCheckpoint(file, {
      seed: 2 ** 40 + 5,
      state: { ...trainer.state, step: 2 ** 30 + 1 },
    });
    await trainer.close();
    const { seed, state } = await loadCheckpoint(file, design);
    expect([seed, state.step]).toEqual([2 ** 40 + 5, 2 ** 30 + 1]);
    await truncate(file, (await readFile(file)).length - 8);
    await expect(loadCheckpoint(file, design)).rejects.toThrow(UserError);
  });
});

describe('batches', () => {
  it('are drawn from inside the recordings, mel and samples together', async () => {
    const frames = 30;
    const mel = tensor(
      [2, frames],
      Float32Array.from({ length: 60 }, (_, i) => i),
    );
    const audio = Float32Array.from({ length: frames * 4 }, (_, i) => Math.floor(i / 4));
    const small = { ...design, batch: { mel: [3, 2, 5], audio: [3, 1, 20] } };
    const batch = await vocoderBatches(small, [{ mel, audio }])(seededRandom(1, 'x'));
    for (let b = 0; b < 3; b++) {
      const bins = batch.mel!.data.subarray(b * 10, b * 10 + 5);
      const first = bins[0] as number;
      expect([...bins]).toEqual([0, 1, 2, 3, 4].map((i) => first + i));
      expect(batch.mel!.data[b * 10 + 5]).toBe(first + frames);
      expect(batch.audio!.data[b * 20]).toBe(first);
      expect(batch.audio!.data[b * 20 + 19]).toBe(first + 4);
    }
  });

  it('say what is too short to train on', () => {
    expect(() => descriptorBatches(design, [tensor([5, 3], new Float32Array(15))])).toThrow(
      /longest has 5 frames/,
    );
  });
});

async function lossesOf(each: TrainerParts, steps: number) {
  const trainer = await openTrainer(each);
  const losses = await advance(trainer, steps);
  await trainer.close();
  return losses;
}

async function advance(trainer: Trainer, steps: number) {
  const losses = [];
  for (let i = 0; i < steps; i++) losses.push((await trainer.advance()).losses);
  return losses;
}
