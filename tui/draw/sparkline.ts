import type { Glyphs } from '../look/glyphs.js';
import { meansOf } from '../sight/series.js';
import type { Series, SpanName } from '../sight/series.js';

/** The values between which a sparkline rises; the greatest of its own where none is given. */
export interface Scale {
  readonly least: number;
  readonly most?: number;
  /** How much higher than its greatest value a sparkline without `most` could rise. */
  readonly headroom?: number;
}

/** A line of rising cells for means over time; blank where nothing came in. */
export function sparkline(
  means: readonly number[],
  glyphs: Glyphs,
  { least, most, headroom = 1 }: Scale = { least: 0 },
): string {
  const steps = Array.from(glyphs.spark);
  const known = means.filter((mean) => !Number.isNaN(mean));
  const top = most ?? Math.max(least, ...known) * headroom;
  return means
    .map((mean) => {
      if (Number.isNaN(mean)) return ' ';
      const share = top > least ? (mean - least) / (top - least) : 0;
      const at = Math.round(share * (steps.length - 1));
      return steps[Math.min(steps.length - 1, Math.max(0, at))] as string;
    })
    .join('');
}

/** The latest ten minutes of a series as a sparkline of so many cells. */
export function recent(
  series: Series | undefined,
  glyphs: Glyphs,
  width: number,
  at: { readonly nowMs: number; readonly scale?: Scale; readonly span?: SpanName },
): string {
  if (series === undefined || width <= 0) return ' '.repeat(Math.max(0, width));
  const means = meansOf(series, at.span ?? 'minutes', 600, at.nowMs);
  return sparkline(pooled(means, width), glyphs, at.scale);
}

/** Means of equal parts, what is unknown left out. */
function pooled(means: Float64Array, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => {
    const end = Math.floor(((i + 1) * means.length) / count);
    let [sum, known] = [0, 0];
    for (let at = Math.floor((i * means.length) / count); at < end; at++) {
      const mean = means[at] as number;
      if (Number.isNaN(mean)) continue;
      sum += mean;
      known++;
    }
    return known === 0 ? Number.NaN : sum / known;
  });
}
