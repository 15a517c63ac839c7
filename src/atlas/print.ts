import type { Mel } from '../core/index.js';

/**
 * A sound in a few numbers: the level in dB of each of 20 bands in each of four equal stretches of
 * time, stretch by stretch.
 */
export type Print = readonly number[];

/** Bands of a print. */
export const PRINT_BANDS = 20;
/** Stretches of time of a print. */
export const PRINT_STRETCHES = 4;

/** What lies lower, in dB of a mel's amplitude, is silence. */
export const FLOOR_DB = -80;

/** The print of a mel, [80, t] in log10 of amplitude: mean power of each cell, not under −80 dB. */
export function printOf(mel: Mel): Print {
  const cells: number[] = [];
  for (let s = 0; s < PRINT_STRETCHES; s++) {
    const from = Math.floor((s * mel.columns) / PRINT_STRETCHES);
    const to = Math.max(from + 1, Math.floor(((s + 1) * mel.columns) / PRINT_STRETCHES));
    for (let band = 0; band < PRINT_BANDS; band++) cells.push(cellDb(mel, band, { from, to }));
  }
  return cells;
}

function cellDb(mel: Mel, band: number, span: { from: number; to: number }): number {
  const height = mel.rows / PRINT_BANDS;
  const to = Math.min(span.to, mel.columns);
  let [power, count] = [0, 0];
  for (let row = band * height; row < (band + 1) * height; row++) {
    for (let t = span.from; t < to; t++, count++) {
      power += 100 ** mel.data[row * mel.columns + t]!;
    }
  }
  return Math.max(FLOOR_DB, 10 * Math.log10(power / Math.max(1, count) || 1e-12));
}

/** The print of nothing. */
export const SILENT_PRINT: Print = Array.from(
  { length: PRINT_BANDS * PRINT_STRETCHES },
  () => FLOOR_DB,
);

/**
 * How far apart two sounds are, in dB: the root mean square of the differences of their levels,
 * over the cells in which either sounds. A tone that fades is as far off as noise that does.
 */
export function distanceDb(a: Print, b: Print): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    if (a[i]! <= FLOOR_DB && b[i]! <= FLOOR_DB) continue;
    sum += (a[i]! - b[i]!) ** 2;
    count++;
  }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}

/** The middle of some prints. */
export function meanPrint(prints: readonly Print[]): Print {
  const width = prints[0]?.length ?? 0;
  return Array.from({ length: width }, (_, i) => {
    return prints.reduce((sum, print) => sum + print[i]!, 0) / prints.length;
  });
}
