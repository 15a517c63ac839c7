import type { AgentId, PortRef, Ports, Problem } from '../core/index.js';
import { portName } from '../core/index.js';
import { breathProblems, endProblems } from '../topologies/index.js';
import type { Link, Member } from '../topologies/index.js';
import type { PlacedLink } from './wiring.js';

/** What a nested scenario shows to the one around it: its ports, and the inner port behind each. */
export interface Face {
  readonly member: Member;
  readonly inputs: Readonly<Record<string, PortRef>>;
  readonly outputs: Readonly<Record<string, PortRef>>;
  /** Its own links, between its agents' full names. */
  readonly links: readonly Link[];
}

/** An agent as links see it: a plain one, a nested scenario, or one that could not be read. */
export type Seat = Member | Face | undefined;

/** Links of a scenario and all nested in it, between plain agents. */
export interface Flat {
  readonly links: readonly Link[];
  readonly problems: readonly Problem[];
}

/** Whether a seat is a nested scenario. */
export function isFace(seat: Seat): seat is Face {
  return seat !== undefined && 'member' in seat;
}

/** The seats as the checks of ports know them. */
export function known(seats: ReadonlyMap<AgentId, Seat>): ReadonlyMap<AgentId, Member | undefined> {
  return new Map([...seats].map(([id, seat]) => [id, isFace(seat) ? seat.member : seat]));
}

/**
 * Checks the links of one scenario as they are written, then leads them through the faces of nested
 * scenarios and checks that the whole breathes. Problems point at the entries the links were made
 * from.
 */
export function flatten(seats: ReadonlyMap<AgentId, Seat>, placed: readonly PlacedLink[]): Flat {
  const written = placed.map(({ link }) => link);
  const inner = [...seats.values()].flatMap((seat) => (isFace(seat) ? seat.links : []));
  const own = written.map((link) => ({
    ...link,
    from: through(seats, link.from, 'outputs'),
    to: through(seats, link.to, 'inputs'),
  }));
  const links = [...inner, ...own];
  const names = new Set([
    ...seats.keys(),
    ...links.flatMap(({ from, to }) => [from.agent, to.agent]),
  ]);
  const problems = [
    ...endProblems(known(seats), written).map((problem) => replaced(problem, placed, 0)),
    ...breathProblems([...names], links).map((problem) => replaced(problem, placed, inner.length)),
  ];
  return { links, problems: unique(problems) };
}

/** The port behind an exposed one; any other port as it is. */
function through(
  seats: ReadonlyMap<AgentId, Seat>,
  ref: PortRef,
  side: 'inputs' | 'outputs',
): PortRef {
  const seat = seats.get(ref.agent);
  if (!isFace(seat)) return ref;
  return Object.hasOwn(seat[side], ref.port) ? (seat[side][ref.port] as PortRef) : ref;
}

/** Checks speak of the n-th link; a file has entries. */
function replaced(problem: Problem, placed: readonly PlacedLink[], offset: number): Problem {
  const [, index, ...rest] = problem.at;
  const entry = placed[(index as number) - offset];
  if (entry === undefined) return { ...problem, at: ['links'] };
  return { ...problem, at: entry.at[0] === 'links' ? [...entry.at, ...rest] : entry.at };
}

/** A shape's many links may all be wrong for one reason. */
function unique(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Map(
    problems.map((problem) => [`${problem.at.join(' ')} ${problem.says}`, problem]),
  );
  return [...seen.values()];
}

/**
 * What `expose:` names: ports by their outer name, led to the inner port; and what is wrong with
 * it.
 */
export interface Exposure {
  readonly ports: Ports;
  readonly refs: Readonly<Record<string, PortRef>>;
  readonly problems: readonly Problem[];
}

/** Reads one side of `expose:`. */
export function expose(
  written: Readonly<Record<string, string>>,
  seats: ReadonlyMap<AgentId, Seat>,
  side: 'inputs' | 'outputs',
): Exposure {
  const [ports, refs, problems]: [[string, Ports[string]][], [string, PortRef][], Problem[]] = [
    [],
    [],
    [],
  ];
  for (const [outer, text] of Object.entries(written)) {
    const [agent, port] = text.split('.') as [string, string];
    const seat = seats.get(agent);
    const member = isFace(seat) ? seat.member : seat;
    const there =
      member !== undefined && Object.hasOwn(member[side], port) ? member[side][port] : undefined;
    if (there !== undefined) {
      ports.push([outer, there]);
      refs.push([outer, through(seats, { agent, port }, side)]);
    } else if (member !== undefined || !seats.has(agent)) {
      problems.push(notThere({ agent, port }, member, side, outer));
    }
  }
  return { ports: Object.fromEntries(ports), refs: Object.fromEntries(refs), problems };
}

function notThere(
  ref: PortRef,
  member: Member | undefined,
  side: 'inputs' | 'outputs',
  outer: string,
): Problem {
  const names = member === undefined ? [] : Object.keys(member[side]);
  return {
    code: member === undefined ? 'unknown-agent' : 'unknown-port',
    at: ['expose', side, outer],
    says: `there is no ${side === 'inputs' ? 'input' : 'output'} ${portName(ref)}`,
    ...(names.length === 0
      ? {}
      : { expected: names.map((name) => `${ref.agent}.${name}`).join(', ') }),
    try: 'name an agent of this scenario and one of its ports',
  };
}
