import type { AgentId, Ports } from '../core/index.js';
import type { Link } from './link.js';

/** One agent as a topology sees it: its name and its ports. */
export interface Member {
  readonly id: AgentId;
  readonly inputs: Ports;
  readonly outputs: Ports;
}

/**
 * One way round: the agents of a cycle in order, and the indices of its links in `Topology.links`.
 */
export interface Loop {
  readonly agents: readonly AgentId[];
  readonly links: readonly number[];
}

declare const checked: unique symbol;

/**
 * A graph that obeys Law 1. Only `checkTopology` makes one, so whoever holds one holds a sound one.
 */
export interface Topology {
  readonly members: ReadonlyMap<AgentId, Member>;
  /** In the order they were written: a link's index is its rank among deliveries of one instant. */
  readonly links: readonly Link[];
  /** The elementary cycles, shortest first; at most 1,000 are listed. */
  readonly loops: readonly Loop[];
  readonly [checked]: true;
}
