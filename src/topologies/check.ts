import { sound, unsound } from '../core/index.js';
import type { AgentId, Checked, Problem } from '../core/index.js';
import { breathProblems } from './breath.js';
import { endProblems } from './ends.js';
import type { Known } from './ends.js';
import type { Link } from './link.js';
import { findLoops } from './loops.js';
import type { Member, Topology } from './topology.js';

/**
 * Makes a topology, or says everything that is wrong with it: unknown agents and ports, signals
 * that disagree, links written twice, cycles without a delay. Paths start at `links`; a last step
 * `from`, `way` or `to` is a part of that arrow.
 */
export function checkTopology(
  members: readonly Member[],
  links: readonly Link[],
): Checked<Topology> {
  const known: Known = new Map(members.map((member) => [member.id, member]));
  const problems = [...sameNames(members), ...topologyProblems(known, links)];
  if (problems.length > 0) return unsound(problems);
  const names = members.map((member) => member.id);
  const topology = { members: known, links: [...links], loops: findLoops(names, links) };
  return sound(Object.freeze(topology) as unknown as Topology);
}

/**
 * What is wrong with links between agents, some of which may not be known well enough to have
 * ports.
 */
export function topologyProblems(known: Known, links: readonly Link[]): Problem[] {
  return [...endProblems(known, links), ...breathProblems([...known.keys()], links)];
}

/** Agents that no link touches: allowed, but seldom meant. */
export function strayAgents(topology: Topology): readonly AgentId[] {
  const touched = new Set(topology.links.flatMap(({ from, to }) => [from.agent, to.agent]));
  return [...topology.members.keys()].filter((id) => !touched.has(id));
}

function sameNames(members: readonly Member[]): Problem[] {
  const ids = members.map((member) => member.id);
  const again = new Set(ids.filter((id, i) => ids.indexOf(id) !== i));
  return [...again].map((id) => ({
    code: 'duplicate-agent',
    at: ['agents', id],
    says: `two agents are named ${id}`,
    try: 'give one of them another name',
  }));
}
