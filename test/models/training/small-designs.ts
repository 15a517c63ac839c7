import { seededRandom, sizeOf, tensor } from '../../../src/core/index.js';
import type { Tensors } from '../../../src/core/index.js';
import { parseConfig } from '../../../src/models/networks/config.js';
import type {
  HifiGanConfig,
  MelGanConfig,
  MelGanDiscriminatorConfig,
  SequencerConfig,
  TransformerConfig,
  UnaGanConfig,
} from '../../../src/models/networks/config.js';
import { melGanStep, melGanWarmStep } from '../../../src/models/training/steps/mel-gan-step.js';
import { sequencerStep } from '../../../src/models/training/steps/sequencer-step.js';
import type { StepDesign } from '../../../src/models/training/steps/training-step.js';
import { unaGanStep } from '../../../src/models/training/steps/una-gan-step.js';

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
const hifiGan = {
  kind: 'hifi-gan',
  config: parseConfig('hifi-gan', {
    num_mels: 6,
    upsample_initial_channel: 8,
    upsample_rates: [4, 4],
    upsample_kernel_sizes: [8, 8],
    resblock_kernel_sizes: [3],
    resblock_dilation_sizes: [[1, 3]],
  }) as HifiGanConfig,
} as const;
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

/** Training steps of every family, narrow enough for a slow engine. */
export const SMALL_DESIGNS: readonly (readonly [string, StepDesign])[] = [
  ['mel-GAN against spectra', melGanWarmStep(melGan, sizes, { resolutions })],
  ['mel-GAN against mels', melGanWarmStep(melGan, sizes, { resolutions, mel })],
  ['mel-GAN against discriminators', melGanStep(melGan, critic, sizes)],
  ['mel-GAN against both', melGanStep(melGan, critic, sizes, { features: 10, spectral: 0, mel })],
  ['HiFi-GAN against spectra', hifiGanStep()],
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

// The step is the same for any vocoder; only the network in it is another.
function hifiGanStep(): StepDesign {
  const step = melGanWarmStep(melGan, sizes, { resolutions });
  const adam = { beta1: 0.8, beta2: 0.99, decay: 0.01 };
  return { ...step, networks: { generator: { ...hifiGan, adam } } };
}

/** A batch of noise for a step, always the same. */
export function randomBatch({ batch }: StepDesign): Tensors {
  const random = seededRandom(5, 'batch');
  const entries = Object.entries(batch).map(([name, shape]) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, () => 0.3 * random.normal());
    return [name, tensor(shape, data)];
  });
  return Object.fromEntries(entries);
}
