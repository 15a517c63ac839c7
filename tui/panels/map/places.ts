import type { Scene, SceneLink } from '../../../src/telemetry/index.js';
import { layersOf } from '../../sight/graph.js';

/** Where an agent stands on the map: its layer from the left, its track from the top. */
export interface Place {
  readonly id: string;
  readonly layer: number;
  readonly track: number;
}

/** Links of one way between the same two agents, drawn as one wire. */
export interface Edge {
  readonly from: Place;
  readonly to: Place;
  readonly way: SceneLink['way'];
  readonly links: readonly number[];
}

/** The places of all agents, by name; they depend on what is linked alone, so they stay. */
export function placesOf(scene: Scene): ReadonlyMap<string, Place> {
  const ids = scene.agents.map(({ id }) => id);
  const depths = layersOf(ids, scene.links);
  const spine = spineOf(ids, scene.links, depths);
  const layers = pulled(ids, scene.links, depths);
  const crowd = new Map<number, string[]>();
  for (const id of ids.toSorted((a, b) => Number(spine.has(b)) - Number(spine.has(a)))) {
    const layer = layers.get(id) ?? 0;
    crowd.set(layer, [...(crowd.get(layer) ?? []), id]);
  }
  const tracks = Math.max(0, ...[...crowd.values()].map((group) => group.length));
  const places = [...crowd].flatMap(([layer, group]) =>
    group.map((id, i): Place => ({ id, layer, track: tracks - 1 - i })),
  );
  return new Map(places.map((place) => [place.id, place]));
}

/** The wires between places. */
export function edgesOf(scene: Scene, places: ReadonlyMap<string, Place>): readonly Edge[] {
  const edges = new Map<string, Edge>();
  for (const { index, from, to, way } of scene.links) {
    const [start, end] = [places.get(from.agent), places.get(to.agent)];
    if (start === undefined || end === undefined) continue;
    const key = JSON.stringify([from.agent, to.agent, way]);
    const links = [...(edges.get(key)?.links ?? []), index];
    edges.set(key, { from: start, to: end, way, links });
  }
  return [...edges.values()];
}

/** What nothing feeds stands right before the first that it feeds, not at the far left. */
function pulled(
  ids: readonly string[],
  links: readonly SceneLink[],
  layers: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const layerOf = (id: string): number => layers.get(id) ?? 0;
  const feeds = links.filter(({ way, from, to }) => way === 'feeds' && from.agent !== to.agent);
  return new Map(
    ids.map((id) => {
      if (feeds.some(({ to }) => to.agent === id)) return [id, layerOf(id)];
      const fed = feeds.filter(({ from }) => from.agent === id).map(({ to }) => layerOf(to.agent));
      return [id, fed.length === 0 ? 0 : Math.max(0, Math.min(...fed) - 1)];
    }),
  );
}

/** The agents of a longest way along feeding links: they stand on one track. */
function spineOf(
  ids: readonly string[],
  links: readonly SceneLink[],
  layers: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const layerOf = (id: string): number => layers.get(id) ?? 0;
  let at = ids.toSorted((a, b) => layerOf(b) - layerOf(a))[0];
  const spine = new Set<string>();
  while (at !== undefined && !spine.has(at)) {
    const here: string = at;
    spine.add(here);
    at = links.find(
      ({ from, to, way }) =>
        way === 'feeds' && to.agent === here && layerOf(from.agent) === layerOf(here) - 1,
    )?.from.agent;
  }
  return spine;
}
