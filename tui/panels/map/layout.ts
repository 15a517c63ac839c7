import type { Scene } from '../../../src/telemetry/index.js';
import { widthOf } from '../../draw/text.js';
import { gapsOf, routesOf } from './lanes.js';
import type { Routes } from './lanes.js';
import { edgesOf, placesOf } from './places.js';
import type { Edge, Place } from './places.js';
import { slotsOf } from './slots.js';
import type { Slots } from './slots.js';

/** A point of the map, in characters from the upper left. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A wire of the map: the points it leads through, the last one its head. */
export interface Wire {
  readonly edge: Edge;
  readonly points: readonly Point[];
  /** Where its label may stand: a row, and the columns between its corners. */
  readonly label?: { readonly y: number; readonly from: number; readonly to: number };
}

/** A map of characters: two rows an agent, wires between, lanes above and below. */
export interface MapLayout {
  readonly columns: number;
  readonly rows: number;
  readonly agents: ReadonlyMap<string, Point & { readonly width: number }>;
  readonly wires: readonly Wire[];
}

/** The columns an agent takes at least: its glyph and `12.5k`. */
const AGENT_MIN = 5;

/** What a gap grows to where there is room. */
const GAP_MAX = 9;

/** Lays the agents out from left to right, in the columns there are or the fewest needed. */
export function layOutMap(
  scene: Scene,
  columns: number,
  nameOf: (id: string) => string,
): MapLayout {
  const places = placesOf(scene);
  const edges = edgesOf(scene, places);
  const all = [...places.values()];
  const routes = routesOf(edges, all);
  const slots = slotsOf(edges, routes, yOf(routes));
  const layers = Math.max(-1, ...all.map(({ layer }) => layer)) + 1;
  const widths = Array.from({ length: layers }, (_, layer) => {
    const names = all.filter((place) => place.layer === layer).map(({ id }) => nameOf(id));
    return Math.max(AGENT_MIN, ...names.map((name) => widthOf(name) + 2));
  });
  const xs = spread(widths, slots, columns);
  const y = yOf(routes);
  const agents = new Map(
    all.map((place) => [
      place.id,
      { x: xs.agents[place.layer] as number, y: y(place), width: widths[place.layer] as number },
    ]),
  );
  const tracks = Math.max(0, ...all.map(({ track }) => track + 1));
  const rows = routes.above + 2 * tracks + routes.below;
  const context = { routes, slots, xs, widths, y, rows };
  const wires = edges.map((edge) => wireOf(edge, context));
  return { columns: xs.end, rows, agents, wires };
}

function yOf({ above }: Routes): (place: Place) => number {
  return ({ track }) => above + 2 * track;
}

interface Columns {
  readonly agents: readonly number[];
  /** Where each gap begins, from the one before the first layer. */
  readonly gaps: readonly number[];
  readonly gapWidths: readonly number[];
  readonly end: number;
}

/** Columns of agents and gaps; what is left over widens the gaps that are between agents. */
function spread(widths: readonly number[], slots: Slots, columns: number): Columns {
  const least = Array.from({ length: widths.length + 1 }, (_, i) => {
    const { outs, ins } = slots.counts(i - 1);
    const between = i > 0 && i < widths.length;
    return (outs > 0 ? outs + 1 : 0) + ins + (ins > 0 || between ? 1 : 0) + (between ? 1 : 0);
  });
  const used = [...least, ...widths].reduce((sum, one) => sum + one, 0);
  const inside = Math.max(1, widths.length - 1);
  const extra = Math.max(0, Math.floor((columns - used) / inside));
  const gapWidths = least.map((width, i) =>
    i > 0 && i < widths.length ? Math.max(width, Math.min(GAP_MAX, width + extra)) : width,
  );
  const [agents, gaps]: [number[], number[]] = [[], []];
  let x = 0;
  for (const [i, width] of gapWidths.entries()) {
    gaps.push(x);
    x += width;
    if (i === widths.length) break;
    agents.push(x);
    x += widths[i] as number;
  }
  return { agents, gaps, gapWidths, end: x };
}

interface Context {
  readonly routes: Routes;
  readonly slots: Slots;
  readonly xs: Columns;
  readonly widths: readonly number[];
  readonly y: (place: Place) => number;
  readonly rows: number;
}

function wireOf(edge: Edge, context: Context): Wire {
  const { routes, slots, xs, widths, y, rows } = context;
  const below = edge.way === 'returns' ? 1 : 0;
  const [ys, yd] = [y(edge.from) + below, y(edge.to) + below];
  const [gapOut, gapIn] = gapsOf(edge);
  const start = (xs.agents[edge.from.layer] as number) + (widths[edge.from.layer] as number);
  const end = (xs.agents[edge.to.layer] as number) - 1;
  const out = (xs.gaps[gapOut + 1] as number) + 1 + slots.out(edge);
  const inGap = (xs.gaps[gapIn + 1] as number) + (xs.gapWidths[gapIn + 1] as number);
  const into = inGap - 2 - slots.into(edge);
  const [first, last] = [
    { x: start, y: ys },
    { x: end, y: yd },
  ];
  const route = routes.routes.get(edge) ?? { kind: 'straight' };
  if (route.kind === 'straight') return { edge, points: [first, last] };
  if (route.kind === 'turn') {
    return { edge, points: [first, { x: out, y: ys }, { x: out, y: yd }, last] };
  }
  if (route.kind !== 'lane') {
    return { edge, points: [first, { x: into, y: ys }, { x: into, y: yd }, last] };
  }
  const lane =
    edge.way === 'returns' ? rows - routes.below + route.lane : routes.above - 1 - route.lane;
  const corners = [ys, lane].map((at) => ({ x: out, y: at }));
  const entry = [lane, yd].map((at) => ({ x: into, y: at }));
  const label = { y: lane, from: Math.min(out, into) + 1, to: Math.max(out, into) };
  return { edge, points: [first, ...corners, ...entry, last], label };
}
