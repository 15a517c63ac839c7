import { type Samples, toSamples } from '../core/index.js';
import type { Scenario } from '../scenarios/index.js';
import type { RunOptions } from './run-options.js';

/**
 * The end of time: a swarm whose agents play elsewhere too cannot know that nothing more will
 * come.
 */
export const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * When a run ends, in samples: as asked, as written, or never where others may go on elsewhere;
 * undefined for a piece that ends by itself.
 */
export function endTimeOf(scenario: Scenario, options: RunOptions): Samples | undefined {
  const seconds = options.durationSeconds ?? scenario.durationSeconds;
  // Whoever follows plays until the conductor ends.
  if (options.follow) return NEVER;
  if (seconds !== undefined) return toSamples(seconds, scenario.sampleRate);
  return options.only === undefined ? undefined : NEVER;
}
