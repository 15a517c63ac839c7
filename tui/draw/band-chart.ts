import type { Look } from '../look/look.js';
import type { Point } from '../sight/series.js';

/** The values at the lower and the upper edge of a chart. */
export interface Edges {
  readonly least: number;
  readonly most: number;
}

/**
 * A curve of so many rows: the mean of every column as a cell, and about it, dim, the band from the
 * least to the greatest value that came in. Columns without a value stay blank.
 */
export function bandChart(
  points: readonly Point[],
  { least, most }: Edges,
  look: Look,
  rows: number,
): readonly string[] {
  const steps = Array.from(look.glyphs.spark);
  const shade = Array.from(look.glyphs.shades)[1] ?? ' ';
  const heightOf = (value: number): number => {
    const share = most > least ? (value - least) / (most - least) : 0;
    return Math.min(rows - 1e-6, Math.max(0, share * rows));
  };
  return Array.from({ length: rows }, (_, i) => {
    const row = rows - 1 - i;
    const cells = points.map(({ min, mean, max }) => {
      if (Number.isNaN(mean)) return ' ';
      const height = heightOf(mean);
      if (Math.floor(height) === row) {
        const step = steps[Math.floor((height - row) * steps.length)] as string;
        return look.paint('accent', step);
      }
      const inside = Math.floor(heightOf(min)) <= row && row <= Math.floor(heightOf(max));
      return inside ? look.paint('dim', shade) : ' ';
    });
    return cells.join('');
  });
}

/** Points of equal parts of a row of points: least, mean and greatest of what each holds. */
export function pooledPoints(points: readonly Point[], count: number): readonly Point[] {
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * points.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * points.length) / count));
    const known = points.slice(from, to).filter(({ mean }) => !Number.isNaN(mean));
    if (known.length === 0) return { min: Number.NaN, mean: Number.NaN, max: Number.NaN };
    return {
      min: Math.min(...known.map(({ min }) => min)),
      mean: known.reduce((sum, { mean }) => sum + mean, 0) / known.length,
      max: Math.max(...known.map(({ max }) => max)),
    };
  });
}
