import type { AgentId, Problem } from '../core/index.js';
import { portName } from '../core/index.js';
import { core, graphOf, shortestWay } from './graph.js';
import type { Edge } from './graph.js';
import type { Link } from './link.js';

/** The most breathless cycles reported of one topology; mending these shows the next. */
const REPORTED_MAX = 20;

/**
 * Law 1, the loop must breathe: one problem for every feeding link that closes a cycle of feeding
 * links written before it. Making those links return makes the topology breathe.
 */
export function breathProblems(names: readonly AgentId[], links: readonly Link[]): Problem[] {
  return closingWays(names, links, (link) => link.way === 'feeds', REPORTED_MAX).map((way) =>
    breathless(
      way.map((edge) => links[edge.link] as Link),
      (way.at(-1) as Edge).link,
    ),
  );
}

/**
 * For every link that closes a cycle of earlier links, a shortest such cycle with that link last.
 */
export function closingWays(
  names: readonly AgentId[],
  links: readonly Link[],
  takes: (link: Link) => boolean,
  countMax = Number.POSITIVE_INFINITY,
): readonly (readonly Edge[])[] {
  const graph = graphOf(names, links, takes);
  const circling = core(graph);
  const accepted: Edge[][] = names.map(() => []);
  const ways: (readonly Edge[])[] = [];
  for (const edge of graph.edges) {
    if (!circling.has(edge.from) || !circling.has(edge.to)) continue;
    const back = shortestWay(accepted, edge.to, edge.from);
    if (back === undefined) accepted[edge.from]?.push(edge);
    else if (ways.push([...back, edge]) >= countMax) break;
  }
  return ways;
}

function breathless(cycle: readonly Link[], closing: number): Problem {
  const last = cycle.at(-1) as Link;
  const round = [...cycle.map((link) => link.from.agent), (cycle[0] as Link).from.agent];
  const arrows = cycle.map((link) => `${portName(link.from)} -> ${portName(link.to)}`);
  const others = cycle.length === 1 ? '' : `, or on another of these ${cycle.length} arrows`;
  return {
    code: 'undelayed-cycle',
    at: ['links', closing, 'way'],
    says: `${round.join(' → ')} has no delay, so its first instant would never end`,
    expected: `a returning link ~> in the cycle ${arrows.join(', ')}`,
    try: `write ${portName(last.from)} ~> ${portName(last.to)}: { delay: 1s }${others}`,
  };
}
