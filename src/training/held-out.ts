import { seededRandom } from '../core/index.js';
import type { Draw } from '../models/index.js';
import type { Stepper, TrainingState } from './plans/plan.js';

/** Losses by name. */
export type Losses = Readonly<Record<string, number>>;

/**
 * The mean losses on held-out batches, the same ones every time. They come from the training step
 * itself at a learning rate of zero, whose outcome is thrown away: nothing is learned from them.
 */
export async function heldOutLosses(
  stepper: Stepper,
  state: TrainingState,
  draw: Draw,
  batches: number,
  seed: number,
): Promise<Losses> {
  const all: Losses[] = [];
  for (let i = 0; i < batches; i++) {
    const random = seededRandom(seed, 'held-out', String(i));
    all.push((await stepper.step(state, draw(random), 0)).losses);
  }
  return meanOf(all);
}

/** The mean of losses by name. */
export function meanOf(all: readonly Losses[]): Losses {
  const names = Object.keys(all[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [
      name,
      all.reduce((sum, losses) => sum + (losses[name] as number), 0) / all.length,
    ]),
  );
}
