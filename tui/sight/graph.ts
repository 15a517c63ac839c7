import type { LinkState, Scene, SceneLink } from '../../src/telemetry/index.js';
import type { Sight } from './sight.js';

/** A link as it is shown: what it is, where it stands, what flows, and the loops it is part of. */
export interface LinkView {
  readonly link: SceneLink;
  readonly state: LinkState | undefined;
  /** Deliveries and bytes in a second of music. */
  readonly delivered: number;
  readonly bytes: number;
  readonly loops: readonly number[];
}

/** Every link of what is played, with what is known of it. */
export function linkViews(sight: Sight): readonly LinkView[] {
  const { scene, state, rates } = sight;
  if (scene === undefined) return [];
  const loops = loopsOfLinks(scene);
  const states = new Map(state?.links.map((link) => [link.index, link]));
  return scene.links.map((link) => {
    const rate = rates.links.get(link.index);
    return {
      link,
      state: states.get(link.index),
      delivered: rate?.delivered ?? 0,
      bytes: rate?.bytes ?? 0,
      loops: loops.get(link.index) ?? [],
    };
  });
}

/** The numbers of the loops each link is part of. */
export function loopsOfLinks({ loops }: Scene): ReadonlyMap<number, readonly number[]> {
  const numbers = new Map<number, number[]>();
  for (const loop of loops) {
    for (const link of loop.links) {
      const known = numbers.get(link);
      if (known === undefined) numbers.set(link, [loop.number]);
      else known.push(loop.number);
    }
  }
  return numbers;
}

/** Agents in the order of flow: each after what feeds it, as far as there are no circles. */
export function inOrderOfFlow({ agents, links }: Scene): readonly string[] {
  const layers = layersOf(
    agents.map(({ id }) => id),
    links,
  );
  const ids = agents.map(({ id }) => id);
  return ids.toSorted((a, b) => (layers.get(a) ?? 0) - (layers.get(b) ?? 0));
}

/**
 * How many feeding links lie at most before each agent; circles of them are cut where they close.
 */
export function layersOf(
  ids: readonly string[],
  links: readonly SceneLink[],
): ReadonlyMap<string, number> {
  const into = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { from, to, way } of links) {
    if (way === 'feeds' && from.agent !== to.agent) into.get(to.agent)?.push(from.agent);
  }
  const layers = new Map<string, number>();
  for (const id of ids) layerOf(id, into, layers, new Set());
  return layers;
}

function layerOf(
  id: string,
  into: ReadonlyMap<string, readonly string[]>,
  layers: Map<string, number>,
  trail: Set<string>,
): number {
  const known = layers.get(id);
  if (known !== undefined) return known;
  trail.add(id);
  let layer = 0;
  for (const before of into.get(id) ?? []) {
    if (!trail.has(before)) layer = Math.max(layer, 1 + layerOf(before, into, layers, trail));
  }
  trail.delete(id);
  layers.set(id, layer);
  return layer;
}
