import type { AgentId } from './envelope.js';
import type { Samples } from './time.js';

/**
 * One of several universes that are the same until a moment: the agent's name has a segment of its
 * own (`garden-2`) where before that moment all were called by the trunk's (`garden`).
 */
export interface Fork {
  /** Which segment of the agent's name, counted from 0. */
  readonly depth: number;
  readonly trunk: string;
  readonly at: Samples;
}

/**
 * The name under which an agent draws its chance at a logical time: before a fork, universes share
 * one, and so all they do.
 */
export function chanceName(id: AgentId, forks: readonly Fork[], time: Samples): string {
  const ahead = forks.filter(({ at }) => time < at);
  if (ahead.length === 0) return id;
  const segments = id.split('/');
  for (const { depth, trunk } of ahead) segments[depth] = trunk;
  return segments.join('/');
}
