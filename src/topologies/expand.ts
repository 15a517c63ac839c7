import { sound, unsound } from '../core/index.js';
import type { Checked, PortRef, Ports, Problem } from '../core/index.js';
import type { Known } from './ends.js';
import { linkOptions, makeLink } from './link-options.js';
import type { LinkSetting } from './link-options.js';
import type { Link } from './link.js';
import type { Shape, Wire } from './shape.js';
import { listed, suggestion } from './spelling.js';
import type { Member } from './topology.js';

/** The options of a shape's returning links among its params, which its schema has parsed. */
type Params = Readonly<Record<string, unknown>>;

/**
 * Makes a shape's links. Where a wire names no port, the sender's first output that the receiver
 * can hear is led into the receiver's first input for it, in the order in which their kinds declare
 * them, notes left out. Paths of problems are [].
 */
export function expandShape(
  shape: Shape,
  params: Params,
  known: Known,
  setting: LinkSetting,
): Checked<readonly Link[]> {
  const options = linkOptions.parse(pick(params, Object.keys(linkOptions.shape)));
  const plain = linkOptions.parse({});
  const links: Link[] = [];
  const problems: Problem[] = [];
  for (const wire of shape.wires(params, [...known.keys()])) {
    const ends = join(wire, known);
    if ('code' in ends) problems.push(ends);
    if (!('from' in ends)) continue;
    const link = makeLink(
      { ...ends, way: wire.way },
      wire.way === 'feeds' ? plain : options,
      setting,
    );
    links.push({ ...link, delaySamples: Math.round(link.delaySamples * (wire.longer ?? 1)) });
  }
  return problems.length > 0 ? unsound(problems) : sound(links);
}

/** How many links a shape would make, before any is made. */
export function countWires(shape: Shape, params: Params, known: Known): number {
  return shape.wires(params, [...known.keys()]).length;
}

function pick(params: Params, names: readonly string[]): Params {
  return Object.fromEntries(
    names.flatMap((name) => (name in params ? [[name, params[name]]] : [])),
  );
}

interface Ends {
  readonly from: PortRef;
  readonly to: PortRef;
}

/** The ports of a wire; nothing when an end is not known well enough to have any. */
function join(wire: Wire, known: Known): Ends | Problem | Record<never, never> {
  const [from, to] = [split(wire.from), split(wire.to)];
  const stranger = [from, to].find(({ agent }) => !known.has(agent));
  if (stranger !== undefined) return unknownAgent(stranger.agent, known);
  const [sender, receiver] = [known.get(from.agent), known.get(to.agent)];
  if (sender === undefined || receiver === undefined) return {};
  const portless = [noPort(sender, from.port), noPort(receiver, to.port)].find(Boolean);
  if (portless !== undefined) return portless;
  const named = narrowed(sender.outputs, from.port);
  const outputs = to.port === undefined ? spoken(named) : named;
  const inputs = narrowed(receiver.inputs, to.port);
  for (const out of Object.keys(outputs)) {
    const into = Object.keys(inputs).find(
      (name) => inputs[name]?.carries === outputs[out]?.carries,
    );
    if (into !== undefined) {
      return { from: { agent: sender.id, port: out }, to: { agent: receiver.id, port: into } };
    }
  }
  return unfit(wire, sender, receiver);
}

function split(text: string): { readonly agent: string; readonly port?: string } {
  const [agent, port] = text.split('.') as [string, string?];
  return port === undefined ? { agent } : { agent, port };
}

/** An agent both hears and speaks in a shape: a named port binds only the side that has it. */
function narrowed(ports: Ports, name: string | undefined): Ports {
  const port = name === undefined || !Object.hasOwn(ports, name) ? undefined : ports[name];
  return name === undefined || port === undefined ? ports : { [name]: port };
}

/** What is joined without being named: controls only where there is nothing else to hear. */
function spoken(ports: Ports): Ports {
  const signals = Object.entries(ports).filter(([, { carries }]) => carries !== 'control');
  return signals.length > 0 ? Object.fromEntries(signals) : ports;
}

function noPort({ id, inputs, outputs }: Member, port: string | undefined): Problem | undefined {
  if (port === undefined || Object.hasOwn(inputs, port) || Object.hasOwn(outputs, port)) {
    return undefined;
  }
  const names = [...new Set([...Object.keys(inputs), ...Object.keys(outputs)])];
  return {
    code: 'unknown-port',
    at: [],
    says: `${id} has no port called ${port}`,
    expected: listed(names.map((name) => `${id}.${name}`)),
    ...suggestion(port, names),
    try: `name one of these, or ${id} alone`,
  };
}

function unknownAgent(agent: string, known: Known): Problem {
  return {
    code: 'unknown-agent',
    at: [],
    says: `this topology needs an agent named ${agent}, and there is none`,
    expected: listed([...known.keys()]),
    ...suggestion(agent, known.keys()),
    try: `add ${agent} under agents:, or name another in the topology's params`,
  };
}

function unfit(wire: Wire, sender: Member, receiver: Member): Problem {
  const says = `${sender.id} says ${signals(sender.outputs)}`;
  const hears = `${receiver.id} hears ${signals(receiver.inputs)}`;
  return {
    code: 'wrong-signal',
    at: [],
    says: `${wire.from} cannot lead to ${wire.to}: ${says}, ${hears}`,
    try: 'put an agent between them, or leave one of them out of the topology',
  };
}

function signals(ports: Ports): string {
  return [...new Set(Object.values(ports).map((port) => port.carries))].join(', ') || 'nothing';
}
