import { portName } from '../core/index.js';
import type { AgentId, Port, PortRef, Ports, Problem } from '../core/index.js';
import type { ArrowPart } from './arrow.js';
import type { Link } from './link.js';
import { listed, suggestion } from './spelling.js';
import type { Member } from './topology.js';

/** What is known of the agents: their ports, or undefined for one whose kind could not be read. */
export type Known = ReadonlyMap<AgentId, Member | undefined>;

/** Problems found before the search ends; ten thousand wrong links would take a minute to mend. */
const REPORTED_MAX = 200;

/** Whether both ends of every link exist and carry one signal, and no link is written twice. */
export function endProblems(known: Known, links: readonly Link[]): Problem[] {
  const problems = twice(links);
  for (const [i, link] of links.entries()) {
    if (problems.length >= REPORTED_MAX) break;
    problems.push(...oneLink(known, link, i));
  }
  return problems;
}

function oneLink(known: Known, link: Link, index: number): Problem[] {
  const at = (part: string) => ['links', index, part];
  const from = end(known, link.from, 'from');
  const to = end(known, link.to, 'to');
  const wrong = [...from.problems, ...to.problems].map((problem) => ({
    ...problem,
    at: [...at(problem.at[0] as string)],
  }));
  if (from.port !== undefined && to.port !== undefined && from.port.carries !== to.port.carries) {
    wrong.push({ ...disagreement(known, link, from.port, to.port), at: at('to') });
  }
  return [...wrong, ...delayProblems(link, index)];
}

interface End {
  readonly port?: Port;
  readonly problems: readonly Problem[];
}

function end(known: Known, ref: PortRef, part: ArrowPart & ('from' | 'to')): End {
  if (!known.has(ref.agent)) return { problems: [stranger(known, ref, part)] };
  const member = known.get(ref.agent);
  if (member === undefined) return { problems: [] };
  const ports = part === 'from' ? member.outputs : member.inputs;
  const port = portOf(ports, ref.port);
  return port === undefined
    ? { problems: [noPort(member, ref, part, ports)] }
    : { port, problems: [] };
}

function portOf(ports: Ports, name: string): Port | undefined {
  return Object.hasOwn(ports, name) ? ports[name] : undefined;
}

function stranger(known: Known, ref: PortRef, part: string): Problem {
  return {
    code: 'unknown-agent',
    at: [part],
    says: `there is no agent named ${ref.agent}`,
    expected: listed([...known.keys()]),
    ...suggestion(ref.agent, known.keys()),
    try: `name an agent of this scenario, or add ${ref.agent} under agents:`,
  };
}

function noPort(member: Member, ref: PortRef, part: string, ports: Ports): Problem {
  const sends = part === 'from';
  const otherSide = portOf(sends ? member.inputs : member.outputs, ref.port);
  const names = Object.keys(ports).map((name) => `${ref.agent}.${name}`);
  const verb = sends ? 'says' : 'hears';
  const fact = otherSide === undefined ? '' : `; it only ${sends ? 'hears' : 'says'} it`;
  return {
    code: 'unknown-port',
    at: [part],
    says: `${ref.agent} ${verb} nothing called ${ref.port}${fact}`,
    expected: names.length === 0 ? `no link here: ${ref.agent} ${verb} nothing` : listed(names),
    ...suggestion(portName(ref), names),
    try: names.length === 0 ? 'remove this link' : `write ${names[0]}`,
  };
}

function disagreement(known: Known, link: Link, from: Port, to: Port): Omit<Problem, 'at'> {
  const [sender, receiver] = [portName(link.from), portName(link.to)];
  const { inputs = {} } = known.get(link.to.agent) ?? {};
  const { outputs = {} } = known.get(link.from.agent) ?? {};
  const fits = carrying(inputs, from).map(
    (name) => `${portName(link.from)} into ${link.to.agent}.${name}`,
  );
  const says = carrying(outputs, to).map(
    (name) => `${link.from.agent}.${name} into ${portName(link.to)}`,
  );
  const way = [...fits, ...says][0];
  return {
    code: 'wrong-signal',
    says: `${sender} carries ${from.carries}, but ${receiver} hears ${to.carries}`,
    expected: `two ports of one signal`,
    try:
      way === undefined
        ? `put an agent between them that turns ${from.carries} into ${to.carries}`
        : `lead ${way}`,
  };
}

function carrying(ports: Ports, like: Port): string[] {
  return Object.keys(ports).filter((name) => ports[name]?.carries === like.carries);
}

function delayProblems(link: Link, index: number): Problem[] {
  if (link.way === 'returns' && !(link.delaySamples > 0)) {
    return [
      {
        code: 'no-delay',
        at: ['links', index, 'delay'],
        says: 'this returning link takes less than one sample',
        expected: 'a delay of at least one sample',
        try: 'give it a delay such as 1s',
      },
    ];
  }
  return [];
}

function twice(links: readonly Link[]): Problem[] {
  const seen = new Map<string, number>();
  return links.flatMap((link, index): Problem[] => {
    const arrow = link.way === 'feeds' ? '->' : '~>';
    const key = [portName(link.from), arrow, portName(link.to), link.delaySamples].join(' ');
    const first = seen.get(key);
    seen.set(key, first ?? index);
    if (first === undefined) return [];
    return [
      {
        code: 'duplicate-link',
        at: ['links', index],
        says: `${key.split(' ').slice(0, 3).join(' ')} is there twice`,
        try: 'remove one of the two (a named topology makes links too), or give it another delay',
      },
    ];
  });
}
