import { gapsOf } from './lanes.js';
import type { Routes } from './lanes.js';
import type { Edge, Place } from './places.js';

/** The columns inside the gaps where wires lead up or down. */
export interface Slots {
  /** Columns from the left of its gap where a wire leaves, from the right where it arrives. */
  readonly out: (edge: Edge) => number;
  readonly into: (edge: Edge) => number;
  /** How many columns a gap needs for either. */
  readonly counts: (gap: number) => { readonly outs: number; readonly ins: number };
}

/** A wire's upright part: whose it is, and which rows it takes. */
interface Upright {
  readonly gap: number;
  readonly owner: string;
  readonly from: number;
  readonly to: number;
}

type Taken = Map<number, Upright[][]>;

/**
 * Gives every upright a column of its gap. All wires that leave an agent the same way share one,
 * and so do all that arrive; others share where their rows do not meet.
 */
export function slotsOf(
  edges: readonly Edge[],
  { routes, above, below }: Routes,
  y: (place: Place) => number,
): Slots {
  const bottom = Math.max(0, ...edges.flatMap(({ from, to }) => [y(from), y(to)])) + 2 + below;
  const laneOf = (edge: Edge): number => {
    const route = routes.get(edge);
    if (route?.kind !== 'lane') return edge.way === 'returns' ? bottom : y(edge.to);
    return edge.way === 'returns' ? bottom - below + route.lane : above - 1 - route.lane;
  };
  const [outs, ins] = [new Map<string, Upright>(), new Map<string, Upright>()];
  for (const edge of edges) {
    const kind = routes.get(edge)?.kind ?? 'straight';
    const [gapOut, gapIn] = gapsOf(edge);
    const row = edge.way === 'returns' ? 1 : 0;
    if (kind === 'turn' || kind === 'lane') {
      const to = kind === 'turn' ? y(edge.to) : laneOf(edge);
      widen(outs, outKey(edge), { gap: gapOut, from: y(edge.from) + row, to });
    }
    if (kind === 'track' || kind === 'lane') {
      const from = kind === 'track' ? y(edge.from) : laneOf(edge);
      widen(ins, inKey(edge), { gap: gapIn, from, to: y(edge.to) + row });
    }
  }
  const [outColumns, inColumns] = [packed(outs), packed(ins)];
  return {
    out: (edge) => outColumns.of.get(outKey(edge)) ?? 0,
    into: (edge) => inColumns.of.get(inKey(edge)) ?? 0,
    counts: (gap) => ({
      outs: outColumns.taken.get(gap)?.length ?? 0,
      ins: inColumns.taken.get(gap)?.length ?? 0,
    }),
  };
}

function outKey({ from, way }: Edge): string {
  return JSON.stringify([from.id, way]);
}

function inKey({ to, way }: Edge): string {
  return JSON.stringify([to.id, way]);
}

function widen(
  uprights: Map<string, Upright>,
  owner: string,
  { gap, from, to }: { readonly gap: number; readonly from: number; readonly to: number },
): void {
  const known = uprights.get(owner);
  const rows = [from, to, ...(known === undefined ? [] : [known.from, known.to])];
  uprights.set(owner, { gap, owner, from: Math.min(...rows), to: Math.max(...rows) });
}

function packed(uprights: ReadonlyMap<string, Upright>): {
  readonly of: ReadonlyMap<string, number>;
  readonly taken: Taken;
} {
  const taken: Taken = new Map();
  const of = new Map<string, number>();
  for (const upright of uprights.values()) {
    const columns = taken.get(upright.gap) ?? [];
    taken.set(upright.gap, columns);
    const free = columns.findIndex((column) =>
      column.every((other) => other.to < upright.from || upright.to < other.from),
    );
    const at = free === -1 ? columns.length : free;
    (columns[at] ??= []).push(upright);
    of.set(upright.owner, at);
  }
  return { of, taken };
}
