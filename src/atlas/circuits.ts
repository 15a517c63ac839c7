import type { AgentId, PortRef } from '../core/index.js';
import { toSamples } from '../core/index.js';
import type { Scenario } from '../scenarios/index.js';
import type { Link, Topology } from '../topologies/index.js';
import { type Circuit, type LeftOut, earOf, ringOf } from './circuit.js';
import { type Wire, closings } from './closing.js';

/** Loops that an atlas follows; a mesh has more than anyone can read. */
export const LOOPS_FOLLOWED = 12;

/** The ways round of one row, in the order in which they are tried until one answers. */
export interface Choice {
  readonly name: string;
  readonly circuits: readonly [Circuit, ...Circuit[]];
  /** The row that another way of this agent is already in. */
  readonly same?: string;
}

/** The circuits of a scenario: its loops, shortest first, and then its agents as they were cast. */
export interface Circuits {
  readonly choices: readonly Choice[];
  readonly left: readonly LeftOut[];
}

/** Every loop, and every agent that can hear itself; those of one way round once. */
export function circuitsOf(scenario: Scenario): Circuits {
  const { topology } = scenario;
  const choices: Choice[] = [];
  const left: LeftOut[] = [];
  const known = new Map<string, string>();
  for (const [i, loop] of topology.loops.entries()) {
    const links = unhurried(
      scenario,
      loop.links.map((index) => topology.links[index] as Link),
    );
    const name = `loop ${i + 1}`;
    if (i >= LOOPS_FOLLOWED) left.push({ name, why: 'more loops than an atlas follows' });
    else add(circuit(topology, name, 'loop', links), name, links);
  }
  for (const { id } of scenario.cast) {
    const ways = closings(topology, id).map((wires) => closed(scenario, wires));
    const rows = ways.map((links) => known.get(ringOf(links)));
    const open = ways.filter((_, i) => rows[i] === undefined);
    const [first, ...more] = open.flatMap((links) => circuit(topology, id, 'agent', links) ?? []);
    const same = rows.find((row) => row !== undefined);
    if (rows[0] !== undefined || (first === undefined && same !== undefined)) {
      left.push({ name: id, why: sameAs(rows[0] ?? same ?? '') });
    } else if (first === undefined) left.push({ name: id, why: NO_WAY_BACK });
    else {
      choices.push({
        name: id,
        circuits: [first, ...more],
        ...(same === undefined ? {} : { same }),
      });
      for (const { links } of [first, ...more]) known.set(ringOf(links), id);
    }
  }
  return { choices, left };

  function add(found: Circuit | undefined, name: string, links: readonly Link[]): void {
    known.set(ringOf(links), name);
    if (found === undefined) left.push({ name, why: 'what goes round in it has no spectrum' });
    else choices.push({ name, circuits: [found] });
  }
}

const NO_WAY_BACK = 'nothing it says leads back to it';

/** Why an agent has no row of its own. */
export function sameAs(row: string): string {
  return `the same way round as ${row}`;
}

function circuit(
  topology: Topology,
  name: string,
  form: Circuit['form'],
  links: readonly Link[],
): Circuit | undefined {
  const heard = earOf(links, ({ from }) => {
    return topology.members.get(from.agent)?.outputs[from.port]?.carries;
  });
  if (heard === undefined) return undefined;
  const members = links.map(({ from }) => from.agent);
  return { name, form, members, links, ...heard, sides: sidesOf(topology, members, links) };
}

/** Audio inputs of the members that something leads to in the scenario, but not the way round. */
function sidesOf(
  topology: Topology,
  members: readonly AgentId[],
  way: readonly Link[],
): readonly PortRef[] {
  const name = ({ agent, port }: PortRef): string => `${agent}.${port}`;
  const inside = new Set(way.map(({ to }) => name(to)));
  const sides = topology.links
    .map(({ to }) => to)
    .filter((to) => members.includes(to.agent) && !inside.has(name(to)))
    .filter((to) => topology.members.get(to.agent)?.inputs[to.port]?.carries === 'audio');
  return [...new Map(sides.map((side) => [name(side), side])).values()];
}

/** Time enough for any answer to end, where nobody on the way has a beat of their own. */
const PAUSE_SECONDS = 10;

/**
 * The links of a loop, returning no sooner than every answer has ended: who is still busy with one
 * lap misses the next. Where an agent has a beat, the delays stay: they say what it hears when.
 */
function unhurried(scenario: Scenario, links: readonly Link[]): readonly Link[] {
  if (beatsOf(scenario, links).length > 0) return links;
  const least = toSamples(PAUSE_SECONDS, scenario.sampleRate);
  return links.map((link) => {
    if (link.way === 'feeds') return link;
    return { ...link, delaySamples: Math.max(link.delaySamples, least) };
  });
}

/** Seconds between the beats of those on the way that have one. */
function beatsOf({ cast }: Scenario, links: readonly Wire[]): readonly number[] {
  return links.flatMap(({ from }) => {
    const found = cast.find(({ id }) => id === from.agent);
    return found?.kind.ticks?.(found.params)?.everySeconds ?? [];
  });
}

/** Wires as links: all feed but the last, which returns when the slowest beat has come again. */
function closed(scenario: Scenario, wires: readonly Wire[]): readonly Link[] {
  const beats = beatsOf(scenario, wires);
  const seconds = beats.length === 0 ? PAUSE_SECONDS : Math.max(...beats);
  return wires.map((wire, i): Link => {
    const returns = i === wires.length - 1;
    return {
      ...wire,
      way: returns ? 'returns' : 'feeds',
      delaySamples: returns ? toSamples(seconds, scenario.sampleRate) : 0,
      gain: 1,
      every: 1,
      probability: 1,
      laps: 1000,
      keep: 'oldest',
    };
  });
}
