import { z } from 'zod';
import { HOURS, SECONDS, SHARED } from './shared-settings.js';

const count = (least: number): z.ZodNumber => z.number().int().min(least);

/** Settings of a una-GAN's training, by the original's names where it has them (anatomy §3). */
export const unaGanSettings = z.strictObject({
  ...SHARED,
  sample_rate: count(8000),
  z_dim: count(1),
  z_scale_factors: z.array(count(1)),
  mfd: count(1),
  num_groups: count(1),
  /** Whether an encoder learns to bring mels back to noise; only with the kind una-gan. */
  cycle: z.boolean(),
  /** Mel frames of one training segment: a multiple of the product of z_scale_factors. */
  frames: count(8),
  /** Recordings are cut into clips of this length, each divided by its peak. */
  clip_seconds: z.number().positive(),
  /** `commonest` leaves out clips of any but the commonest length, as the original does. */
  clips: z.enum(['all', 'commonest']),
});

/** The settings of a una-GAN's training. */
export type UnaGanSettings = Readonly<z.infer<typeof unaGanSettings>>;

const ORIGINAL = { z_dim: 20, z_scale_factors: [2, 2, 2, 2], num_groups: 4 };
const CLIPS = { cycle: true, clips: 'all' } as const;

/** Three sizes of una-GAN. The original learns whole clips of 1,728 frames. */
export const UNA_GAN_RECIPES = {
  tiny: {
    ...SECONDS,
    ...ORIGINAL,
    ...CLIPS,
    z_scale_factors: [2, 2],
    sample_rate: 44_100,
    mfd: 8,
    frames: 16,
    clip_seconds: 2,
    batch_size: 2,
    rate: 2e-3,
    steps: 40,
  },
  small: {
    ...HOURS,
    ...ORIGINAL,
    ...CLIPS,
    sample_rate: 44_100,
    mfd: 64,
    frames: 128,
    clip_seconds: 10,
    batch_size: 8,
    rate: 5e-4,
    rate_half_steps: 6000,
    steps: 12_000,
  },
  original: {
    ...HOURS,
    ...ORIGINAL,
    ...CLIPS,
    sample_rate: 44_100,
    mfd: 512,
    frames: 1712,
    clip_seconds: 10,
    batch_size: 5,
    rate: 1e-4,
    steps: 500_000,
    evaluate_every: 500,
    snapshot_every: 10_000,
  },
} satisfies Record<string, UnaGanSettings>;
