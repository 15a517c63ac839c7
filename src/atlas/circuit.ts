import type { AgentId, PortRef } from '../core/index.js';
import type { Link } from '../topologies/index.js';
import { type Followed, FOLLOWED } from './spectrum.js';

/** A way round that a probe can be sent on: a loop, or agents closed on themselves. */
export interface Circuit {
  /** `loop 1`, or the agent it is about. */
  readonly name: string;
  readonly form: 'loop' | 'agent';
  /** In the order of the way round. */
  readonly members: readonly AgentId[];
  /** In the same order; the last leads back to the first agent. */
  readonly links: readonly Link[];
  /** The link that is listened to; the probe enters where it ends. */
  readonly ear: Link;
  readonly carries: Followed;
  /** Inputs off the way round that hear something in the scenario; they hear the corpus, once. */
  readonly sides: readonly PortRef[];
}

/** What was not followed, and why. */
export interface LeftOut {
  readonly name: string;
  readonly why: string;
}

/** The way round as text: `una → mel → una`. */
export function wayOf({ members }: Pick<Circuit, 'members'>): string {
  return [...members, members[0]].join(' → ');
}

/** Two circuits are one when they go through the same ports, wherever they are begun. */
export function ringOf(links: readonly Link[]): string {
  const arrows = links.map(({ from, to }) => `${from.agent}.${from.port}>${to.agent}.${to.port}`);
  const turns = arrows.map((_, i) => [...arrows.slice(i), ...arrows.slice(0, i)].join(' '));
  return turns.toSorted()[0] ?? '';
}

/**
 * The link to listen to: one that carries what tells most, and among those one that returns;
 * undefined when none carries what can be followed.
 */
export function earOf(
  links: readonly Link[],
  carries: (link: Link) => string | undefined,
): { readonly ear: Link; readonly carries: Followed } | undefined {
  for (const wanted of FOLLOWED) {
    const able = links.filter((link) => carries(link) === wanted);
    const ear = able.find(({ way }) => way === 'returns') ?? able[0];
    if (ear !== undefined) return { ear, carries: wanted };
  }
  return undefined;
}
