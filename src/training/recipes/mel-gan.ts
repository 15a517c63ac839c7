import { z } from 'zod';
import { HOURS, SECONDS, SHARED } from './shared-settings.js';

const count = (least: number): z.ZodNumber => z.number().int().min(least);
const ORIGINAL = { n_residual_layers: 3, ratios: [8, 8, 2, 2], num_D: 3, n_layers_D: 4 };
const WEIGHTS = {
  downsampling_D: 4,
  lambda_feat: 10,
  lambda_stft: 0,
  lambda_mel: 10,
  adversarial_rate: 1e-4,
  segment_mels: false,
};

/** Settings of a mel-GAN's training, by the original's names where it has them (anatomy §4). */
export const melGanSettings = z.strictObject({
  ...SHARED,
  sample_rate: count(8000),
  ngf: count(1),
  n_residual_layers: count(0),
  ratios: z.array(count(2)),
  num_D: count(1),
  ndf: count(4),
  n_layers_D: count(1),
  downsampling_D: count(2),
  /** Mel frames of one training segment, 256 samples each. */
  frames: count(8),
  /** Mels of each segment by itself, as the original's: reflected at edges of its own. */
  segment_mels: z.boolean(),
  /** Steps of the spectral warm start, which the original does not have. */
  warm_steps: count(0),
  /** Whether the discriminators come after the warm start, or never. */
  adversary: z.boolean(),
  /** Learning rate once the discriminators have come. */
  adversarial_rate: z.number().positive(),
  lambda_feat: z.number().min(0),
  /** How much of the spectral loss stays beside the adversary; 0 in the original. */
  lambda_stft: z.number().min(0),
  /** How much the distance of log10 mels weighs, in both phases; 0 in the original. */
  lambda_mel: z.number().min(0),
});

/** The settings of a mel-GAN's training. */
export type MelGanSettings = Readonly<z.infer<typeof melGanSettings>>;

/** Three sizes of mel-GAN. `small` hears spectra alone; `original` has no warm start. */
export const MEL_GAN_RECIPES = {
  tiny: {
    ...SECONDS,
    ...ORIGINAL,
    ...WEIGHTS,
    sample_rate: 44_100,
    ngf: 2,
    n_residual_layers: 1,
    num_D: 1,
    ndf: 4,
    n_layers_D: 2,
    frames: 16,
    batch_size: 2,
    rate: 2e-3,
    steps: 40,
    warm_steps: 40,
    adversary: false,
  },
  small: {
    ...HOURS,
    ...ORIGINAL,
    ...WEIGHTS,
    lambda_stft: 5,
    sample_rate: 44_100,
    ngf: 8,
    ndf: 8,
    frames: 32,
    batch_size: 8,
    rate: 2e-3,
    rate_half_steps: 8000,
    steps: 20_000,
    warm_steps: 20_000,
    adversary: false,
  },
  original: {
    ...HOURS,
    ...ORIGINAL,
    ...WEIGHTS,
    lambda_mel: 0,
    sample_rate: 44_100,
    ngf: 32,
    ndf: 16,
    frames: 32,
    batch_size: 16,
    rate: 1e-4,
    evaluate_every: 1000,
    checkpoint_every: 250,
    steps: 1_000_000,
    warm_steps: 0,
    adversary: true,
  },
} satisfies Record<string, MelGanSettings>;
