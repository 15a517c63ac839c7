import type { Samples } from '../../core/index.js';
import type { Searched } from './database.js';
import type { SamplerState, Waiting } from './sampler-state.js';
import type { Segment, Unit } from './segment.js';

/** Everything a sampler holds, as plain data; segments are named by their place in `segments`. */
export interface SamplerMemory {
  readonly segments: readonly Segment[];
  readonly remembered: readonly number[];
  readonly searched: Omit<Searched, 'indexed'> & { readonly indexed: readonly number[] };
  readonly taboo: readonly (Omit<Unit, 'segment'> & { readonly segment: number })[];
  /** How long the taboo was told to last, if it was. */
  readonly turned: number | undefined;
  readonly done: readonly number[];
  readonly debrisAt: Samples;
  readonly waiting: readonly Waiting[];
  /** The fingerprints of the remembered, in their order. */
  readonly prints: readonly string[];
}

/** What a checkpoint keeps of a sampler. */
export function memoryOf(state: SamplerState): SamplerMemory {
  const { database, taboo, turned, debris, waiting } = state;
  const { indexed, ...searched } = database.searched();
  const recent = taboo.recent;
  const all = [...database.segments, ...indexed, ...recent.map(({ segment }) => segment)];
  const segments = [...new Set(all)];
  const places = new Map(segments.map((segment, place) => [segment, place]));
  const placeOf = (segment: Segment): number => places.get(segment) as number;
  return {
    segments,
    remembered: database.segments.map(placeOf),
    searched: { ...searched, indexed: indexed.map(placeOf) },
    taboo: recent.map(({ segment, ...unit }) => ({ ...unit, segment: placeOf(segment) })),
    turned,
    done: segments.filter((segment) => debris.isDone(segment)).map(placeOf),
    debrisAt: debris.lastAt,
    waiting,
    prints: state.prints(),
  };
}

/** Fills a fresh sampler of the same params with what another held. */
export function recallMemory(state: SamplerState, memory: SamplerMemory): void {
  const { database, taboo, debris } = state;
  const at = (place: number): Segment => memory.segments[place] as Segment;
  const { indexed, ...searched } = memory.searched;
  database.recall(memory.remembered.map(at), { ...searched, indexed: indexed.map(at) });
  if (memory.turned !== undefined) state.turnTaboo(memory.turned);
  taboo.recall(memory.taboo.map(({ segment, ...unit }) => ({ ...unit, segment: at(segment) })));
  for (const place of memory.done) debris.used(at(place));
  debris.recall(memory.debrisAt);
  state.recall(memory.waiting, memory.prints);
}
