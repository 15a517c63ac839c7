import type { Edge, Place } from './places.js';

/** How an edge goes: straight on, turning once, along its own track, or through a lane. */
export type Route =
  | { readonly kind: 'straight' | 'turn' | 'track' }
  | { readonly kind: 'lane'; readonly lane: number };

/** Routes of all edges, and how many lanes there are above and below the tracks. */
export interface Routes {
  readonly routes: ReadonlyMap<Edge, Route>;
  readonly above: number;
  readonly below: number;
}

/** Gaps between layers, by the layer on their left; an edge goes from one to another. */
export function gapsOf({ from, to }: Edge): readonly [number, number] {
  return [from.layer, to.layer - 1];
}

/** Feeding links go straight where they can, else above; returning ones go below. */
export function routesOf(edges: readonly Edge[], places: readonly Place[]): Routes {
  const routes = new Map<Edge, Route>();
  const waiting: Edge[] = [];
  for (const edge of edges) {
    const kind = directKind(edge, places);
    if (kind === undefined) waiting.push(edge);
    else routes.set(edge, { kind });
  }
  const short = waiting.toSorted((a, b) => spanOf(a) - spanOf(b));
  const above = assign(
    short.filter(({ way }) => way === 'feeds'),
    routes,
  );
  const below = assign(
    short.filter(({ way }) => way === 'returns'),
    routes,
  );
  return { routes, above, below };
}

function directKind(
  { from, to, way }: Edge,
  places: readonly Place[],
): 'straight' | 'turn' | 'track' | undefined {
  if (way === 'returns' || to.layer <= from.layer) return undefined;
  if (to.layer === from.layer + 1) return to.track === from.track ? 'straight' : 'turn';
  const blocked = places.some(
    ({ layer, track }) => track === from.track && layer > from.layer && layer < to.layer,
  );
  if (blocked) return undefined;
  return to.track === from.track ? 'straight' : 'track';
}

function spanOf(edge: Edge): number {
  const [a, b] = gapsOf(edge);
  return Math.abs(a - b);
}

/** The nearest lane that is free all the way, for each edge; the number of lanes it took. */
function assign(edges: readonly Edge[], routes: Map<Edge, Route>): number {
  const lanes: (readonly [number, number])[][] = [];
  for (const edge of edges) {
    const [a, b] = gapsOf(edge);
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    const free = lanes.findIndex((taken) => taken.every(([x, y]) => y < from || to < x));
    const lane = free === -1 ? lanes.length : free;
    (lanes[lane] ??= []).push([from, to]);
    routes.set(edge, { kind: 'lane', lane });
  }
  return lanes.length;
}
