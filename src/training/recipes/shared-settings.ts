import { z } from 'zod';

const count = (least: number): z.ZodNumber => z.number().int().min(least);
const share = z.number().min(0).max(0.5);

/** What every recipe says, whatever is trained. Steps count from 1. */
export const SHARED = {
  /** Adam's learning rate at the first step. */
  rate: z.number().positive().max(1),
  /** After so many steps the rate is halved, smoothly; 0 keeps it as it is. */
  rate_half_steps: count(0),
  /** How many steps the whole training has, unless --steps or --minutes says otherwise. */
  steps: count(1),
  batch_size: count(1),
  /** Which share of the recordings is only listened to, never learned from. */
  held_out: share,
  /** Hold out whole files, or a stretch of each; `auto` takes files from ten of them on. */
  split: z.enum(['auto', 'files', 'stretches']),
  /** Batches of held-out material that one figure is the mean of. */
  held_out_batches: count(1),
  /** Steps between figures of held-out material, checkpoints, previews, and versions kept. */
  evaluate_every: count(1),
  checkpoint_every: count(1),
  preview_every: count(0),
  snapshot_every: count(0),
} as const;

/** The rhythm of a run that takes hours. */
export const HOURS = {
  rate_half_steps: 0,
  held_out: 0.1,
  split: 'auto',
  held_out_batches: 8,
  evaluate_every: 250,
  checkpoint_every: 100,
  preview_every: 1000,
  snapshot_every: 0,
} as const;

/** The rhythm of a run that takes seconds. */
export const SECONDS = {
  ...HOURS,
  held_out_batches: 2,
  evaluate_every: 10,
  checkpoint_every: 10,
  preview_every: 0,
} as const;
