import { z } from 'zod';
import { HOURS, SECONDS, SHARED } from './shared-settings.js';

const count = (least: number): z.ZodNumber => z.number().int().min(least);
const list = z.array(count(1));

/** Settings of a HiFi-GAN generator's training, by the names of its config files (anatomy §5). */
export const hifiGanSettings = z.strictObject({
  ...SHARED,
  sample_rate: count(8000),
  resblock: z.enum(['1', '2']),
  upsample_initial_channel: count(1),
  upsample_rates: list,
  upsample_kernel_sizes: list,
  resblock_kernel_sizes: list,
  resblock_dilation_sizes: z.array(list),
  /** Mel frames of one training segment, 256 samples each. */
  frames: count(8),
  /** How much the distance of its mels, in natural logarithms, weighs beside the STFT loss. */
  lambda_mel: z.number().min(0),
});

/** The settings of a HiFi-GAN generator's training. */
export type HifiGanSettings = Readonly<z.infer<typeof hifiGanSettings>>;

const RATES = { upsample_rates: [8, 8, 2, 2], upsample_kernel_sizes: [16, 16, 4, 4] };
// HiFi-GAN's own weight (Kong, Kim and Bae 2020).
const WEIGHTS = { lambda_mel: 45 };
const BLOCKS = {
  resblock_kernel_sizes: [3, 7, 11],
  resblock_dilation_sizes: [
    [1, 3, 5],
    [1, 3, 5],
    [1, 3, 5],
  ],
};

/**
 * Three sizes of HiFi-GAN's generator against spectral losses alone: its discriminators are not
 * trained here, so that these are for going on from imported weights, or for small vocoders.
 */
export const HIFI_GAN_RECIPES = {
  tiny: {
    ...SECONDS,
    ...RATES,
    ...WEIGHTS,
    sample_rate: 44_100,
    resblock: '2',
    upsample_initial_channel: 16,
    resblock_kernel_sizes: [3],
    resblock_dilation_sizes: [[1, 2]],
    frames: 16,
    batch_size: 2,
    rate: 2e-3,
    steps: 40,
  },
  small: {
    ...HOURS,
    ...RATES,
    ...WEIGHTS,
    sample_rate: 44_100,
    resblock: '2',
    upsample_initial_channel: 64,
    resblock_kernel_sizes: [3, 5],
    resblock_dilation_sizes: [
      [1, 2],
      [2, 6],
    ],
    frames: 32,
    batch_size: 8,
    rate: 1e-3,
    rate_half_steps: 8000,
    steps: 20_000,
  },
  original: {
    ...HOURS,
    ...RATES,
    ...WEIGHTS,
    ...BLOCKS,
    sample_rate: 44_100,
    resblock: '1',
    upsample_initial_channel: 512,
    frames: 32,
    batch_size: 16,
    rate: 2e-4,
    steps: 1_000_000,
  },
} satisfies Record<string, HifiGanSettings>;
