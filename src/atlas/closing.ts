import type { AgentId } from '../core/index.js';
import type { Link, Member, Topology } from '../topologies/index.js';
import { isFollowed } from './spectrum.js';

/** One arrow of a closed way that the scenario need not have: an output led to a like input. */
export type Wire = Pick<Link, 'from' | 'to'>;

/**
 * The ways in which an agent can hear itself: its own output led to its own like input, and the
 * shortest way back to it through other agents. Wires of the scenario come before others.
 */
export function closings(topology: Topology, id: AgentId): readonly (readonly Wire[])[] {
  const member = topology.members.get(id);
  if (member === undefined) return [];
  const own = wiresBetween(topology, member, member).slice(0, 1);
  const round = shortestRound(topology, member);
  return [...own.map((wire) => [wire]), ...(round === undefined ? [] : [round])];
}

function wiresBetween(topology: Topology, from: Member, to: Member): readonly Wire[] {
  const wires = Object.entries(from.outputs).flatMap(([out, { carries }]) =>
    Object.entries(to.inputs)
      .filter(([, port]) => port.carries === carries && isFollowed(carries))
      .map(([into]) => {
        return { from: { agent: from.id, port: out }, to: { agent: to.id, port: into } };
      }),
  );
  const written = wires.filter((wire) => topology.links.some((link) => isSameWire(link, wire)));
  return [...written, ...wires.filter((wire) => !written.includes(wire))];
}

function isSameWire(a: Wire, b: Wire): boolean {
  return (
    a.from.agent === b.from.agent &&
    a.from.port === b.from.port &&
    a.to.agent === b.to.agent &&
    a.to.port === b.to.port
  );
}

/** The fewest other agents that lead back; among equals, those written first. */
function shortestRound(topology: Topology, home: Member): readonly Wire[] | undefined {
  const seen = new Set([home.id]);
  const queue: { readonly at: Member; readonly way: readonly Wire[] }[] = [{ at: home, way: [] }];
  for (const { at, way } of queue) {
    const back = at === home ? undefined : wiresBetween(topology, at, home)[0];
    if (back !== undefined) return [...way, back];
    for (const next of topology.members.values()) {
      const wire = seen.has(next.id) ? undefined : wiresBetween(topology, at, next)[0];
      if (wire === undefined) continue;
      seen.add(next.id);
      queue.push({ at: next, way: [...way, wire] });
    }
  }
  return undefined;
}
