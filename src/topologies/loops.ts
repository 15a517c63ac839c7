import type { AgentId } from '../core/index.js';
import { core, graphOf } from './graph.js';
import type { Edge, Graph } from './graph.js';
import type { Link } from './link.js';
import type { Loop } from './topology.js';

/** The most loops a topology lists. */
export const LOOPS_MAX = 1000;

/**
 * Arrows looked at before the search gives up; what was found by then is listed. A fraction of a
 * second.
 */
const STEPS_MAX = 4_000_000;

/**
 * The elementary cycles, shortest first, 1,000 at most; parallel links make loops of their own.
 * Searches by bounded length (Gupta and Suzumura 2021, after Johnson 1975), so a dense mesh yields
 * its short loops at once.
 */
export function findLoops(names: readonly AgentId[], links: readonly Link[]): readonly Loop[] {
  const graph = graphOf(names, links);
  const circling = core(graph);
  const search = { graph, into: entering(graph), circling, steps: 0 };
  const ways = [...shortestWays(search, circling.size)].sort((a, b) => a.length - b.length);
  return ways.slice(0, LOOPS_MAX).map((way) => loopOf(graph, way));
}

function entering(graph: Graph): readonly (readonly Edge[])[] {
  const into: Edge[][] = graph.names.map(() => []);
  for (const edge of graph.edges) into[edge.to]?.push(edge);
  return into;
}

/** The graph being searched and the work done so far. */
interface Search {
  readonly graph: Graph;
  readonly into: readonly (readonly Edge[])[];
  readonly circling: ReadonlySet<number>;
  steps: number;
}

type Way = readonly Edge[];

function loopOf(graph: Graph, way: Way): Loop {
  return {
    agents: way.map((edge) => graph.names[edge.from] as AgentId),
    links: way.map((edge) => edge.link),
  };
}

/**
 * Finds the greatest length whose loops all fit the list, by doubling and then by halving the
 * doubt.
 */
function shortestWays(search: Search, longest: number): readonly Way[] {
  let [fits, tooLong] = [0, longest + 1];
  let [best, over]: [readonly Way[], readonly Way[]] = [[], []];
  for (let length = 1; length > fits && search.steps < STEPS_MAX; ) {
    const found = waysUpTo(search, length);
    if (found.length <= LOOPS_MAX) [fits, best] = [length, found];
    else [tooLong, over] = [length, found];
    length = tooLong > longest ? Math.min(fits * 2, longest) : (fits + tooLong) >> 1;
  }
  // Some of the loops one arrow longer than that fill what is left of the list.
  return [...best, ...over.filter((way) => way.length > fits)];
}

function waysUpTo(search: Search, lengthMax: number): readonly Way[] {
  const found: Way[] = [];
  for (const root of search.circling) {
    if (found.length > LOOPS_MAX || search.steps > STEPS_MAX) break;
    const home = distancesHome(search, root, lengthMax);
    const leads = search.graph.out[root]?.some((edge) => (home[edge.to] as number) < lengthMax);
    if (leads !== true) continue;
    const lock = new Int32Array(search.graph.names.length).fill(lengthMax);
    const walk = {
      root,
      lengthMax,
      home,
      lock,
      waiting: new Map(),
      found,
      way: [],
      on: new Set([root]),
    };
    step(search, walk, root);
  }
  return found;
}

/**
 * Arrows from each node to the root by nodes numbered no lower, so that each loop is found from one
 * root only.
 */
function distancesHome(search: Search, root: number, lengthMax: number): Int32Array {
  const home = new Int32Array(search.graph.names.length).fill(lengthMax);
  home[root] = 0;
  const queue = [root];
  for (const node of queue) {
    const next = (home[node] as number) + 1;
    if (next >= lengthMax) break;
    for (const { from } of search.into[node] as Way) {
      search.steps++;
      if (from <= root || !search.circling.has(from) || (home[from] as number) <= next) continue;
      home[from] = next;
      queue.push(from);
    }
  }
  return home;
}

/** One root's search: the way so far, and what has been learnt about dead ends. */
interface Walk {
  readonly root: number;
  readonly lengthMax: number;
  readonly home: Int32Array;
  /** A node is entered only at a depth below its lock. */
  readonly lock: Int32Array;
  /** Who may be unlocked once a node is. */
  readonly waiting: Map<number, Set<number>>;
  readonly found: Way[];
  readonly way: Edge[];
  readonly on: Set<number>;
}

/**
 * Tries every arrow out of a node; returns the fewest arrows by which one came home, or Infinity.
 */
function step(search: Search, walk: Walk, node: number): number {
  const { root, lengthMax, way, lock, home, found } = walk;
  const depth = way.length + 1;
  let fewest = Number.POSITIVE_INFINITY;
  for (const edge of search.graph.out[node] as Way) {
    if (found.length > LOOPS_MAX || ++search.steps > STEPS_MAX) break;
    if (edge.to === root) {
      found.push([...way, edge]);
      fewest = 1;
    } else if (
      depth + (home[edge.to] as number) <= lengthMax &&
      depth < (lock[edge.to] as number)
    ) {
      fewest = Math.min(fewest, 1 + enter(search, walk, edge));
    }
  }
  for (const edge of search.graph.out[node] as Way) remember(walk, edge);
  if (fewest <= lengthMax) unlock(walk, node, fewest);
  return fewest;
}

function remember(walk: Walk, { from, to }: Edge): void {
  const waiting = walk.waiting.get(to);
  if (waiting === undefined) walk.waiting.set(to, new Set([from]));
  else waiting.add(from);
}

function enter(search: Search, walk: Walk, edge: Edge): number {
  walk.way.push(edge);
  walk.on.add(edge.to);
  walk.lock[edge.to] = walk.way.length;
  const fewest = step(search, walk, edge.to);
  walk.on.delete(edge.to);
  walk.way.pop();
  return fewest;
}

/**
 * A node that leads home in so many arrows may be entered as deep as that allows, and so may those
 * before it.
 */
function unlock(walk: Walk, node: number, fewest: number): void {
  const todo: [number, number][] = [[node, fewest]];
  for (const [at, arrows] of todo) {
    const open = walk.lengthMax - arrows + 1;
    if ((walk.lock[at] as number) >= open) continue;
    walk.lock[at] = open;
    for (const before of walk.waiting.get(at) ?? []) {
      if (!walk.on.has(before)) todo.push([before, arrows + 1]);
    }
  }
}
