import type { ArchivePolicy } from '../../archive/index.js';
import { type Samples, toSamples } from '../../core/index.js';

/** When the states of all agents are kept: every so many seconds, at given times, or never. */
export type CheckpointPlan =
  | { readonly everySeconds: number }
  | { readonly at: readonly Samples[] }
  | 'off';

/** As the archive's policy says; a minute unless said otherwise, which is what entering costs. */
export function checkpointPlan({ checkpointSeconds }: ArchivePolicy): CheckpointPlan {
  return checkpointSeconds === undefined ? 'off' : { everySeconds: checkpointSeconds };
}

/** The first time after `time` at which a plan keeps a checkpoint; Infinity when there is none. */
export function nextCheckpoint(plan: CheckpointPlan, time: Samples, sampleRate: number): Samples {
  if (plan === 'off') return Number.POSITIVE_INFINITY;
  if ('at' in plan) {
    return Math.min(...plan.at.filter((at) => at > time), Number.POSITIVE_INFINITY);
  }
  const every = toSamples(plan.everySeconds, sampleRate);
  return every < 1 ? Number.POSITIVE_INFINITY : (Math.floor(Math.max(0, time) / every) + 1) * every;
}
