import { describe, expect, it } from 'vitest';
import { seededRandom, sizeOf, tensor } from '../../../src/core/index.js';
import type { Tensors } from '../../../src/core/index.js';
import { parseConfig } from '../../../src/models/networks/config.js';
import type {
  MelGanConfig,
  MelGanDiscriminatorConfig,
  SequencerConfig,
  UnaGanConfig,
} from '../../../src/models/networks/config.js';
import { averaged } from '../../../src/models/training/findings.js';
import { openGradientApplier } from '../../../src/models/training/gradient-applier.js';
import { openGradientFinder } from '../../../src/models/training/gradient-finder.js';
import { heardAt } from '../../../src/models/training/gradient-stages.js';
import { initialState, openStepper } from '../../../src/models/training/stepper.js';
import type { TrainingState } from '../../../src/models/training/stepper.js';
import { melGanStep } from '../../../src/models/training/steps/mel-gan-step.js';
import { sequencerStep } from '../../../src/models/training/steps/sequencer-step.js';
import type { StepDesign } from '../../../src/models/training/steps/training-step.js';
import { unaGanStep } from '../../../src/models/training/steps/una-gan-step.js';
import { tracedEngine } from '../../../src/models/training/traced-engine.js';

const lstm = parseConfig('lstm', { descriptor_size: 4, hidden_size: 8, num_layers: 2 });
const melGan = parseConfig('mel-gan', { n_mel_channels: 6, ngf: 2, ratios: [4, 4] });
const critic = parseConfig('mel-gan-discriminator', { num_D: 2, ndf: 4, n_layers_D: 2 });
const una = parseConfig('una-gan', { feat_dim: 8, z_dim: 3, z_scale_factors: [2], mfd: 4 });

const sequencer = (batch: number): StepDesign =>
  sequencerStep({ kind: 'lstm', config: lstm as SequencerConfig }, { batch, frames: 8 });
const vocoder = (batch: number): StepDesign =>
  melGanStep(
    { kind: 'mel-gan', config: melGan as MelGanConfig },
    critic as MelGanDiscriminatorConfig,
    { batch, frames: 8 },
  );
const generator = (batch: number): StepDesign =>
  unaGanStep({ kind: 'una-gan', config: una as UnaGanConfig, cycle: true }, { batch, frames: 8 });

describe('a step taken apart', () => {
  it.each([
    ['a sequencer', sequencer],
    ['a vocoder and its discriminators', vocoder],
  ])('by two workers on half a batch each is the whole step: %s', async (_, designOf) => {
    const [whole, half] = [designOf(4), designOf(2)];
    const batch = randomBatch(whole);
    const start = initialState(whole, 3);
    const expected = await stepped(whole, start, batch, 3);
    const parts = [halfOf(batch, 0), halfOf(batch, 1)];
    expectEqual(await steppedApart(half, start, parts, 3), expected, 1e-6);
  });

  it('by one worker is the whole step, buffers and balance among it', async () => {
    const design = generator(2);
    const [start, batch] = [initialState(design, 3), randomBatch(design)];
    const expected = await stepped(design, start, batch, 2);
    expectEqual(await steppedApart(design, start, [batch], 2), expected, 1e-6);
  });
});

const RATE = 1e-4;

async function stepped(
  design: StepDesign,
  start: TrainingState,
  batch: Tensors,
  steps: number,
): Promise<TrainingState> {
  const stepper = await openStepper(tracedEngine, design);
  let state = start;
  for (let i = 0; i < steps; i++) ({ state } = await stepper.step(state, batch, RATE));
  await stepper.close();
  return state;
}

async function steppedApart(
  design: StepDesign,
  start: TrainingState,
  parts: readonly Tensors[],
  steps: number,
): Promise<TrainingState> {
  const finder = await openGradientFinder(tracedEngine, design);
  const applier = await openGradientApplier(tracedEngine, design);
  let state = start;
  let heard: Tensors = {};
  for (let i = 0; i < steps * applier.stages; i++) {
    const stage = i % applier.stages;
    heard = { ...heard, ...heardAt(stage, state) };
    const findings = parts.map((part) => finder.find(stage, { ...heard, ...part }));
    state = await applier.apply(stage, state, averaged(await Promise.all(findings)), RATE);
  }
  await Promise.all([finder.close(), applier.close()]);
  return state;
}

function expectEqual(found: TrainingState, expected: TrainingState, within: number): void {
  expect(found.step).toBe(expected.step);
  for (const [name, { data }] of Object.entries(expected.tensors)) {
    const other = found.tensors[name]!.data;
    const most = data.reduce((far, value, i) => Math.max(far, Math.abs(value - other[i]!)), 0);
    // Adam makes a whole step of a gradient that is nothing but rounding.
    if (name === 'discriminator.parameters') {
      expect(most, name).toBeLessThan(RATE);
      continue;
    }
    const scale = data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
    expect(most / scale, name).toBeLessThan(within);
  }
}

function randomBatch({ batch }: StepDesign): Tensors {
  const random = seededRandom(5, 'batch');
  const entries = Object.entries(batch).map(([name, shape]) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, () => 0.3 * random.normal());
    return [name, tensor(shape, data)];
  });
  return Object.fromEntries(entries);
}

function halfOf(batch: Tensors, half: 0 | 1): Tensors {
  const entries = Object.entries(batch).map(([name, { shape, data }]) => {
    const [size, ...rest] = shape as [number, ...number[]];
    const middle = data.length / 2;
    const part = data.slice(half * middle, (half + 1) * middle);
    return [name, tensor([size / 2, ...rest], part)];
  });
  return Object.fromEntries(entries);
}
