import { logMelScale } from '../src/audio/index.js';
import { parseConfig } from '../src/models/index.js';
import type {
  MelGanConfig,
  MelGanDiscriminatorConfig,
  SequencerConfig,
  Training,
  TransformerConfig,
  UnaGanConfig,
} from '../src/models/index.js';

/** A training step as a design. */
export type StepDesign = ReturnType<Training['melGanStep']>;

/** The training steps that are measured, by name. */
export const TRAINING_SPECS = [
  'mel-gan',
  'mel-gan-mels',
  'mel-gan-adversary',
  'mel-gan-sixteenth',
  'una-gan',
  'lstm',
  'transformer',
] as const;

/** One of the measured training steps. */
export type TrainingSpec = (typeof TRAINING_SPECS)[number];

/** Steps that take TensorFlow.js's CPU backend so long that it is asked only by name. */
export const BEYOND_CPU: readonly TrainingSpec[] = ['mel-gan', 'mel-gan-mels', 'mel-gan-adversary'];

const SIZES = { batch: 8, frames: 32 };
const RATE = 44_100;
// The weight of the recipes: 10 for a difference of 1 between log10 mels, which is 20 dB.
const MEL_WEIGHT = 10 / 20;

/** What each spec trains, at which size. */
export const DESIGNS: Readonly<Record<TrainingSpec, (training: Training) => StepDesign>> = {
  'mel-gan': ({ melGanWarmStep }) => melGanWarmStep(melGan(), SIZES),
  // As the recipes have it: the distance of mels beside the spectral loss.
  'mel-gan-mels': ({ melGanWarmStep }) => {
    const mel = { weight: MEL_WEIGHT, ...logMelScale(RATE) };
    return melGanWarmStep(melGan(), SIZES, { mel });
  },
  // Three discriminators as wide as the original's.
  'mel-gan-adversary': ({ melGanStep }) => {
    const critic = parseConfig('mel-gan-discriminator', {}) as MelGanDiscriminatorConfig;
    return melGanStep(melGan(), critic, SIZES);
  },
  // One segment of 4096 samples: what TensorFlow.js's CPU backend finishes, too.
  'mel-gan-sixteenth': ({ melGanWarmStep }) => melGanWarmStep(melGan(), { batch: 1, frames: 16 }),
  'una-gan': ({ unaGanFitStep }) => {
    const config = parseConfig('una-gan', { mfd: 64 }) as UnaGanConfig;
    return unaGanFitStep(config, { batch: 8, frames: 128 });
  },
  lstm: ({ sequencerStep }) => {
    const raw = { hidden_size: 128, num_layers: 2, forecast_size: 0 };
    const config = parseConfig('lstm', raw) as SequencerConfig;
    return sequencerStep({ kind: 'lstm', config }, { batch: 32, frames: 65 });
  },
  transformer: ({ sequencerStep }) => {
    const raw = { descriptor_size: 40, dim_pos_encoding: 88, num_layers: 2, nhead: 8 };
    const kind = 'transformer-encoder-only';
    const config = parseConfig(kind, { ...raw, dim_feedforward: 512 }) as TransformerConfig;
    return sequencerStep({ kind, config }, { batch: 32, frames: 65 });
  },
};

function melGan(): { readonly kind: 'mel-gan'; readonly config: MelGanConfig } {
  return { kind: 'mel-gan', config: parseConfig('mel-gan', { ngf: 8 }) as MelGanConfig };
}
