import { z } from 'zod';
import { HOURS, SECONDS, SHARED } from './shared-settings.js';

const share = z.number().min(0).max(0.9);
const count = (least: number): z.ZodNumber => z.number().int().min(least);

/** Settings of a sequencer's training, by the original's names where it has them (anatomy §8). */
export const sequencerSettings = z.strictObject({
  ...SHARED,
  sample_rate: count(8000),
  /** Samples between two descriptor frames. */
  hop_length: count(64),
  /** The two LSTMs' inner width. */
  hidden_size: count(1),
  num_layers: count(1),
  dim_pos_encoding: count(2),
  /** The two transformers' heads and inner width. */
  nhead: count(1),
  dim_feedforward: count(1),
  /** Frames heard and foretold together; `forecast_size` of them are foretold. */
  window_size: count(2),
  forecast_size: count(1),
  /** The encoder-only transformer's mask: as the original leaks the future, or as it was meant. */
  mode: z.enum(['faithful', 'corrected']),
  /** `drop` removes frames five deviations off and closes the gap, as the original does. */
  outliers: z.enum(['keep', 'drop']),
  /** Whether every frame is drawn as often, or every piece of a recording, as in the original. */
  draw: z.enum(['frames', 'pieces']),
  /** The share of values dropped inside the two transformers while they learn. */
  dropout: share,
  /** The share of whole frames dropped of what is heard; 0.1 in the original's encoder-only one. */
  timestep_dropout: share,
  /** Deviation of the noise on what is heard; 0.05 in the original's encoder-only transformer. */
  input_noise: z.number().min(0),
  /** Frames that a sequencer which answers every frame learns to foretell, from its own answers. */
  rollout: count(1),
});

/** The settings of a sequencer's training. */
export type SequencerSettings = Readonly<z.infer<typeof sequencerSettings>>;

const UNDISTURBED = { dropout: 0, timestep_dropout: 0, input_noise: 0, rollout: 1 };

/** Three sizes of the four sequencers. */
export const SEQUENCER_RECIPES = {
  tiny: {
    ...SECONDS,
    sample_rate: 44_100,
    hop_length: 1024,
    hidden_size: 12,
    num_layers: 1,
    dim_pos_encoding: 6,
    nhead: 5,
    dim_feedforward: 16,
    window_size: 12,
    forecast_size: 4,
    mode: 'corrected',
    outliers: 'keep',
    draw: 'frames',
    ...UNDISTURBED,
    batch_size: 4,
    rate: 1e-2,
    steps: 60,
  },
  small: {
    ...HOURS,
    sample_rate: 44_100,
    hop_length: 1024,
    hidden_size: 128,
    num_layers: 2,
    dim_pos_encoding: 26,
    nhead: 5,
    dim_feedforward: 128,
    window_size: 104,
    forecast_size: 40,
    mode: 'corrected',
    outliers: 'keep',
    draw: 'frames',
    ...UNDISTURBED,
    rollout: 40,
    batch_size: 32,
    rate: 1e-3,
    rate_half_steps: 2000,
    steps: 6000,
  },
  original: {
    ...HOURS,
    sample_rate: 44_100,
    hop_length: 1024,
    hidden_size: 200,
    num_layers: 3,
    dim_pos_encoding: 26,
    nhead: 5,
    dim_feedforward: 128,
    window_size: 1000,
    forecast_size: 500,
    mode: 'corrected',
    outliers: 'keep',
    draw: 'frames',
    ...UNDISTURBED,
    dropout: 0.1,
    batch_size: 64,
    rate: 1e-4,
    steps: 3_000_000,
    evaluate_every: 1024,
    snapshot_every: 10_240,
  },
} satisfies Record<string, SequencerSettings>;
