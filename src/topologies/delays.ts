import type { AgentId, Samples } from '../core/index.js';
import { graphOf } from './graph.js';
import type { Graph } from './graph.js';
import type { Topology } from './topology.js';

/**
 * The least time in samples anything takes from one agent to another; Infinity when it never
 * arrives.
 */
export type MinimumDelays = (from: AgentId, to: AgentId) => Samples;

/**
 * How long each agent is safe from each other: the least total delay over any way of one link or
 * more (from an agent to itself: of its shortest loop). Feeding links take 0. Each sender is worked
 * out when first asked for.
 */
export function minimumDelays(topology: Topology): MinimumDelays {
  const names = [...topology.members.keys()];
  const number = new Map(names.map((name, i) => [name, i]));
  const graph = graphOf(names, topology.links);
  const delays = topology.links.map((link) => link.delaySamples);
  const known = new Map<number, Float64Array>();
  return (from, to) => {
    const [source, target] = [numbered(number, from), numbered(number, to)];
    const row = known.get(source) ?? delaysFrom(graph, delays, source);
    known.set(source, row);
    return row[target] as number;
  };
}

function numbered(number: ReadonlyMap<AgentId, number>, name: AgentId): number {
  const found = number.get(name);
  if (found === undefined) throw new RangeError(`no agent named ${name} in this topology`);
  return found;
}

/**
 * Dijkstra's algorithm; the source starts outside, so that it too is reached by its loops alone.
 */
function delaysFrom(graph: Graph, delays: readonly Samples[], source: number): Float64Array {
  const best = new Float64Array(graph.names.length).fill(Number.POSITIVE_INFINITY);
  const waiting = new Waiting();
  const leave = (node: number, at: Samples): void => {
    for (const edge of graph.out[node] ?? []) {
      const arrival = at + (delays[edge.link] as number);
      if (arrival >= (best[edge.to] as number)) continue;
      best[edge.to] = arrival;
      waiting.push(edge.to, arrival);
    }
  };
  leave(source, 0);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.at <= (best[next.node] as number)) leave(next.node, next.at);
  }
  return best;
}

interface Arrival {
  readonly node: number;
  readonly at: Samples;
}

/** Arrivals, earliest first: a binary heap. */
class Waiting {
  readonly #heap: Arrival[] = [];

  push(node: number, at: Samples): void {
    const heap = this.#heap;
    let i = heap.push({ node, at }) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if ((heap[parent] as Arrival).at <= at) break;
      [heap[i], heap[parent]] = [heap[parent] as Arrival, heap[i] as Arrival];
      i = parent;
    }
  }

  pop(): Arrival | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    heap[0] = last;
    this.#sink();
    return first;
  }

  #sink(): void {
    const heap = this.#heap;
    for (let i = 0; ; ) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < heap.length && (heap[child] as Arrival).at < (heap[least] as Arrival).at) {
          least = child;
        }
      }
      if (least === i) return;
      [heap[i], heap[least]] = [heap[least] as Arrival, heap[i] as Arrival];
      i = least;
    }
  }
}
