import type { Print } from './print.js';

/** A point of the map; both coordinates from 0 to 1. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Softer than this is one dark on the map, so that silence does not outweigh the rest. */
const MAP_FLOOR_DB = -50;

const ROUNDS = 60;

/**
 * Lays prints out in the plane: their two principal components (Pearson 1901), by power iteration,
 * each stretched to the whole map. Equal prints fall on one spot.
 */
export function mapOf(prints: readonly Print[]): readonly Spot[] {
  const rows = centred(prints.map((print) => print.map((db) => Math.max(MAP_FLOOR_DB, db))));
  const first = component(rows);
  const second = component(rows, first);
  const xs = stretched(rows.map((row) => dot(row, first)));
  const ys = stretched(rows.map((row) => dot(row, second)));
  return xs.map((x, i) => ({ x, y: ys[i]! }));
}

function centred(rows: readonly Print[]): readonly Print[] {
  const width = rows[0]?.length ?? 0;
  const mean = Array.from(
    { length: width },
    (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length,
  );
  return rows.map((row) => row.map((x, i) => x - mean[i]!));
}

/** The direction in which the rows differ most, square to another one. */
function component(rows: readonly Print[], other?: readonly number[]): readonly number[] {
  const width = rows[0]?.length ?? 0;
  let axis: readonly number[] = Array.from({ length: width }, (_, i) => Math.cos(i * i + 1));
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Array<number>(width).fill(0);
    for (const row of rows) {
      const along = dot(row, axis);
      for (let i = 0; i < width; i++) next[i]! += along * row[i]!;
    }
    const shared = other === undefined ? 0 : dot(next, other);
    const square = other === undefined ? next : next.map((x, i) => x - shared * other[i]!);
    const length = Math.sqrt(dot(square, square));
    if (length < 1e-9) return new Array<number>(width).fill(0);
    axis = square.map((x) => x / length);
  }
  // A component has no sign of its own: louder is to the right, or up.
  return axis.reduce((sum, x) => sum + x, 0) < 0 ? axis.map((x) => -x) : axis;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function stretched(values: readonly number[]): readonly number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.map((x) => (high - low < 1e-9 ? 0.5 : (x - low) / (high - low)));
}
