import type { AgentId, Samples } from '../core/index.js';
import { type Topology, minimumDelays } from '../topologies/index.js';
import type { Line } from './line.js';
import type { Seat } from './seat.js';

/**
 * An agent from whom something may still reach another one, and the least time it takes to get
 * there.
 */
export interface Upstream {
  readonly id: AgentId;
  readonly delaySamples: Samples;
}

/**
 * For each agent, everyone whose doings can reach it and how soon at the earliest: what a
 * conservative parallel simulation must wait for (Chandy and Misra 1979; Bryant 1977). An agent
 * is upstream of itself through its loops.
 */
export function upstreams(
  topology: Topology,
  lines: readonly Line[],
): ReadonlyMap<AgentId, readonly Upstream[]> {
  const links = lines.map((line) => ({ ...line.link, delaySamples: line.lookaheadSamples }));
  const delay = minimumDelays({ ...topology, links });
  const agents = [...topology.members.keys()];
  const upstreamOf = (target: AgentId): Upstream[] =>
    agents
      .map((id) => ({ id, delaySamples: delay(id, target) }))
      .filter(({ delaySamples }) => delaySamples !== Number.POSITIVE_INFINITY);
  return new Map(agents.map((id) => [id, upstreamOf(id)]));
}

/** Whether nothing that others may yet do can reach an agent at `time` or before. */
export function nothingEarlier(
  seat: Seat,
  time: Samples,
  upstream: readonly Upstream[],
  seatOf: ReadonlyMap<AgentId, Seat>,
): boolean {
  for (const { id, delaySamples } of upstream) {
    const other = seatOf.get(id);
    if (other === undefined) continue;
    const root = other === seat ? seat.transitTime : other.root;
    if (root + delaySamples <= time) return false;
  }
  return true;
}

/**
 * The order of feeding: every agent after those that feed it at the same instant. Ties keep the
 * order written.
 */
export function feedingOrder(
  agents: readonly AgentId[],
  lines: readonly Line[],
): ReadonlyMap<AgentId, number> {
  const order = new Map<AgentId, number>();
  const visit = (id: AgentId): void => {
    if (order.has(id)) return;
    for (const { link } of lines) {
      if (link.way === 'feeds' && link.to.agent === id) visit(link.from.agent);
    }
    order.set(id, order.size);
  };
  for (const id of agents) visit(id);
  return order;
}
