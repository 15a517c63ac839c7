import type { AgentId } from '../core/index.js';
import type { Link } from './link.js';

/** An arrow of a graph between numbered nodes; `link` is its index in the list it came from. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly link: number;
}

/** A multigraph between numbered nodes: the agents' names, and who leads where. */
export interface Graph {
  readonly names: readonly AgentId[];
  readonly out: readonly (readonly Edge[])[];
  readonly edges: readonly Edge[];
}

/**
 * Numbers the agents in order and sorts the links that `takes` by their sender; links to strangers
 * are left out.
 */
export function graphOf(
  names: readonly AgentId[],
  links: readonly Link[],
  takes: (link: Link) => boolean = () => true,
): Graph {
  const number = new Map(names.map((name, i) => [name, i]));
  const out: Edge[][] = names.map(() => []);
  const edges: Edge[] = [];
  for (const [index, link] of links.entries()) {
    const [from, to] = [number.get(link.from.agent), number.get(link.to.agent)];
    if (from === undefined || to === undefined || !takes(link)) continue;
    const edge = { from, to, link: index };
    out[from]?.push(edge);
    edges.push(edge);
  }
  return { names, out, edges };
}

/**
 * A shortest way from one node to another as edges, [] when they are one; undefined when there is
 * none.
 */
export function shortestWay(
  out: readonly (readonly Edge[])[],
  from: number,
  to: number,
): readonly Edge[] | undefined {
  if (from === to) return [];
  const cameBy = new Map<number, Edge>();
  const queue = [from];
  for (const node of queue) {
    for (const edge of out[node] as readonly Edge[]) {
      if (edge.to === from || cameBy.has(edge.to)) continue;
      cameBy.set(edge.to, edge);
      if (edge.to === to) return traced(cameBy, from, to);
      queue.push(edge.to);
    }
  }
  return undefined;
}

function traced(cameBy: ReadonlyMap<number, Edge>, from: number, to: number): readonly Edge[] {
  const way: Edge[] = [];
  for (let node = to; node !== from; ) {
    const edge = cameBy.get(node) as Edge;
    way.push(edge);
    node = edge.from;
  }
  return way.reverse();
}

/** Nodes left after peeling off, again and again, those that nothing enters or nothing leaves. */
export function core(graph: Graph): ReadonlySet<number> {
  const size = graph.names.length;
  const [into, outOf] = [new Array<number>(size).fill(0), new Array<number>(size).fill(0)];
  const before: number[][] = Array.from({ length: size }, () => []);
  for (const { from, to } of graph.edges) {
    outOf[from]!++;
    into[to]!++;
    before[to]!.push(from);
  }
  const left = new Set(into.keys());
  const loose = [...left].filter((node) => into[node] === 0 || outOf[node] === 0);
  for (const node of loose) {
    if (!left.delete(node)) continue;
    for (const edge of graph.out[node]!) if (--into[edge.to]! === 0) loose.push(edge.to);
    for (const from of before[node]!) if (--outOf[from]! === 0) loose.push(from);
  }
  return left;
}
