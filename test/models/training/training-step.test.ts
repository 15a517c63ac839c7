import { describe, expect, it } from 'vitest';
import { seededRandom, sizeOf, tensor } from '../../../src/core/index.js';
import type { Tensors } from '../../../src/core/index.js';
import { parseConfig } from '../../../src/models/networks/config.js';
import type {
  MelGanConfig,
  MelGanDiscriminatorConfig,
  SequencerConfig,
  TransformerConfig,
  UnaGanConfig,
} from '../../../src/models/networks/config.js';
import { cpuEngine } from '../../../src/models/training/eager-engine.js';
import { initialState, openStepper } from '../../../src/models/training/stepper.js';
import type { TrainingState } from '../../../src/models/training/stepper.js';
import { melGanStep, melGanWarmStep } from '../../../src/models/training/steps/mel-gan-step.js';
import { sequencerStep } from '../../../src/models/training/steps/sequencer-step.js';
import type { StepDesign } from '../../../src/models/training/steps/training-step.js';
import { unaGanStep } from '../../../src/models/training/steps/una-gan-step.js';
import { tracedEngine } from '../../../src/models/training/traced-engine.js';

const melGan = {
  kind: 'mel-gan',
  config: parseConfig('mel-gan', { n_mel_channels: 6, ngf: 2, ratios: [4, 4] }) as MelGanConfig,
} as const;
const critic = parseConfig('mel-gan-discriminator', {
  num_D: 2,
  ndf: 4,
  n_layers_D: 2,
}) as MelGanDiscriminatorConfig;
const bank = tensor(
  [3, 17],
  Float32Array.from({ length: 51 }, (_, i) => ((i * 7) % 5) / 5),
);
const mel = { weight: 0.5, bank, hop: 8, floor: 1e-5, epsilon: 1e-12 };
const una = { feat_dim: 8, z_dim: 3, z_scale_factors: [2, 2], mfd: 8, num_groups: 4 };
const unaConfig = parseConfig('una-gan', una) as UnaGanConfig;
const resolutions = [
  { size: 32, hop: 8 },
  { size: 16, hop: 4 },
];
const sequence = { descriptor_size: 4, hidden_size: 8, num_layers: 1, dim_pos_encoding: 4 };
const sequencer = parseConfig('lstm', sequence) as SequencerConfig;
const heads = parseConfig('transformer', {
  ...sequence,
  nhead: 2,
  dim_feedforward: 8,
  forecast_size: 3,
}) as TransformerConfig;
const forecast = parseConfig('lstm', { ...sequence, forecast_size: 3 }) as SequencerConfig;
const causal: TransformerConfig = { ...heads, mode: 'corrected' };
const alone = { rollout: 3 };
const disturbed = { ...alone, dropout: 0.1, timestepDropout: 0.1, inputNoise: 0.05 };
const sizes = { batch: 2, frames: 8 };

const DESIGNS: readonly (readonly [string, StepDesign])[] = [
  ['mel-GAN against spectra', melGanWarmStep(melGan, sizes, { resolutions })],
  ['mel-GAN against mels', melGanWarmStep(melGan, sizes, { resolutions, mel })],
  ['mel-GAN against discriminators', melGanStep(melGan, critic, sizes)],
  ['mel-GAN against both', melGanStep(melGan, critic, sizes, { features: 10, spectral: 0, mel })],
  ['una-GAN with a cycle', unaGanStep({ kind: 'una-gan', config: unaConfig, cycle: true }, sizes)],
  ['una-GAN without', unaGanStep({ kind: 'una-gan', config: unaConfig, cycle: false }, sizes)],
  ['una-GAN flat', unaGanStep({ kind: 'una-gan-flat', config: unaConfig, cycle: false }, sizes)],
  ['the LSTM', sequencerStep({ kind: 'lstm', config: sequencer }, sizes)],
  [
    'the LSTM encoder-decoder',
    sequencerStep({ kind: 'lstm-encoder-decoder', config: forecast }, sizes),
  ],
  [
    'the encoder-only transformer',
    sequencerStep({ kind: 'transformer-encoder-only', config: heads }, sizes),
  ],
  ['the transformer', sequencerStep({ kind: 'transformer', config: heads }, sizes)],
  ['the LSTM on its own', sequencerStep({ kind: 'lstm', config: sequencer }, sizes, alone)],
  [
    'the disturbed encoder-only transformer on its own',
    sequencerStep({ kind: 'transformer-encoder-only', config: causal }, sizes, disturbed),
  ],
  [
    'the disturbed transformer',
    sequencerStep({ kind: 'transformer', config: heads }, sizes, disturbed),
  ],
];

// What must fall where the adversary moves the loss.
const WATCHED: Readonly<Record<string, string>> = {
  'mel-GAN against discriminators': 'discriminator',
  'mel-GAN against both': 'melDb',
};

describe('a training step', () => {
  it.each(DESIGNS)('of %s is the same recorded as computed by TensorFlow.js', async (_, design) => {
    const [start, batch] = [initialState(design, 3), randomBatch(design)];
    const found = await trained(design, start, batch, 1, tracedEngine);
    const oracle = await trained(design, start, batch, 1, cpuEngine);
    for (const [name, loss] of Object.entries(oracle.losses)) {
      expect(found.losses[name], name).toBeCloseTo(loss, 4);
    }
    for (const [name, { data }] of Object.entries(oracle.state.tensors)) {
      if (!name.endsWith('.mean')) continue;
      expect(difference(found.state.tensors[name]!.data, data), name).toBeLessThan(2e-5);
    }
  });

  it.each(DESIGNS)('of %s learns one batch by heart', async (name, design) => {
    const [start, batch] = [initialState(design, 4), randomBatch(design)];
    const { first, losses } = await trained(design, start, batch, 60, tracedEngine);
    const watched = WATCHED[name] ?? 'loss';
    expect(losses[watched]).toBeLessThan(0.97 * (first[watched] as number));
    for (const loss of Object.values(losses)) expect(loss).toBeTypeOf('number');
  });

  it('moves the balance of una-GAN by what the discriminator told apart', async () => {
    const design = DESIGNS.find(([name]) => name === 'una-GAN with a cycle')![1];
    const { state } = await trained(
      design,
      initialState(design, 3),
      randomBatch(design),
      5,
      tracedEngine,
    );
    const [k] = state.tensors.k!.data;
    expect(k).toBeGreaterThanOrEqual(0);
    expect(k).toBeLessThanOrEqual(1);
  });
});

async function trained(
  design: StepDesign,
  start: TrainingState,
  batch: Tensors,
  steps: number,
  engine: typeof tracedEngine,
) {
  const stepper = await openStepper(engine, design);
  let now = await stepper.step(start, batch, 2e-3);
  const first = now.losses;
  for (let i = 1; i < steps; i++) now = await stepper.step(now.state, batch, 2e-3);
  await stepper.close();
  return { ...now, first };
}

function randomBatch({ batch }: StepDesign): Tensors {
  const random = seededRandom(5, 'batch');
  const entries = Object.entries(batch).map(([name, shape]) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, () => 0.3 * random.normal());
    return [name, tensor(shape, data)];
  });
  return Object.fromEntries(entries);
}

function difference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
