import type { AgentId } from '../core/index.js';
import { closingWays } from './breath.js';
import { linkLabel } from './drawing.js';
import type { DrawOptions } from './drawing.js';
import type { Topology } from './topology.js';

/** A point of a drawing, in pixels from the upper left. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a box's centre lies and how large it is, in pixels. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/**
 * Where everything of a drawing lies. Lines follow their links' direction; labels hang at their
 * middle.
 */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<AgentId, Box>;
  readonly lines: readonly (readonly Point[])[];
}

const LETTER = 7.5;
const BOX_HEIGHT = 44;

/**
 * Lays a topology out from left to right, so that feeding links lead right and loops come back
 * left.
 */
export async function layOut(topology: Topology, options: DrawOptions): Promise<Layout> {
  const { Graph, layout } = await import('@dagrejs/dagre');
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: 36,
    ranksep: 70,
    edgesep: 16,
    marginx: 20,
    marginy: 20,
  });
  for (const id of topology.members.keys()) {
    const letters = Math.max(id.length, options.labels?.get(id)?.length ?? 0, 5);
    graph.setNode(id, { width: Math.round(letters * LETTER + 26), height: BOX_HEIGHT });
  }
  const backward = leadingBack(topology);
  for (const [i, link] of topology.links.entries()) {
    const ends = [link.from.agent, link.to.agent] as const;
    if (ends[0] === ends[1]) continue;
    const [from, to] = backward.has(i) ? [ends[1], ends[0]] : ends;
    const label = linkLabel(link, options.sampleRate);
    const size = {
      width: label.length * LETTER + 24,
      height: label === '' ? 4 : 16,
      labelpos: 'c',
    };
    graph.setEdge(from, to, size, String(i));
  }
  layout(graph);
  return read(topology, graph as unknown as Laid, backward);
}

/**
 * Links that close a cycle of those before them, feeding ones first: these are laid out reversed.
 */
function leadingBack(topology: Topology): ReadonlySet<number> {
  const order = [...topology.links.keys()].sort((a, b) => rank(topology, a) - rank(topology, b));
  const links = order.map((i) => topology.links[i] as Topology['links'][number]);
  const ways = closingWays([...topology.members.keys()], links, () => true);
  return new Set(ways.map((way) => order[way.at(-1)?.link ?? -1] as number));
}

function rank(topology: Topology, index: number): number {
  return topology.links[index]?.way === 'feeds' ? 0 : 1;
}

/** What is read of a graph once it is laid out. */
interface Laid {
  graph(): { readonly width: number; readonly height: number };
  node(id: string): Box;
  edge(edge: { readonly v: string; readonly w: string; readonly name: string }): {
    readonly points: readonly Point[];
  };
}

function read(topology: Topology, graph: Laid, backward: ReadonlySet<number>): Layout {
  const boxes = new Map(
    [...topology.members.keys()].map((id) => {
      const { width, height, ...point } = graph.node(id);
      return [id, { ...whole(point), width, height }] as const;
    }),
  );
  const lines = topology.links.map((link, i) => {
    const [v, w] = [link.from.agent, link.to.agent];
    if (v === w) return around(boxes.get(v) as Box, selfLoopsBefore(topology, i));
    const edge = backward.has(i) ? { v: w, w: v, name: String(i) } : { v, w, name: String(i) };
    const points = graph.edge(edge).points.map(whole);
    return backward.has(i) ? points.reverse() : points;
  });
  const deepest = Math.max(0, ...lines.flat().map((point) => point.y + 20));
  const { width, height } = graph.graph();
  return { width: Math.ceil(width), height: Math.max(Math.ceil(height), deepest), boxes, lines };
}

/** A loop below the box: dagre loses its own way when it lays these out from left to right. */
function around({ x, y, height }: Box, before: number): readonly Point[] {
  const [top, bottom] = [y + height / 2, y + height / 2 + 22 + 10 * before];
  return [
    { x: x + 12, y: top },
    { x: x + 22, y: bottom },
    { x: x - 22, y: bottom },
    { x: x - 12, y: top },
  ];
}

function selfLoopsBefore(topology: Topology, index: number): number {
  const { agent } = (topology.links[index] as Topology['links'][number]).from;
  return topology.links
    .slice(0, index)
    .filter(({ from, to }) => from.agent === agent && to.agent === agent).length;
}

function whole({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) };
}
