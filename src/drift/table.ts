import type { BiasCurve, BiasCurves, CurvePoint } from './bias-curves.js';
import { clockOf, figureOf, placeOf, wordsOf } from './words.js';

const SPARKS = '▁▂▃▄▅▆▇█';
/** Where a curve has no value. */
const GAP = '·';
const SPARK_MAX = 40;

/** The curves of a run for a terminal: one line each, a sparkline and what it shows. */
export function driftTable(all: BiasCurves): string {
  const { curves, along } = all;
  const width = Math.max(0, ...curves.map(({ title }) => title.length));
  const sparks = curves.map(sparkline);
  const longest = Math.max(0, ...sparks.map((spark) => spark.length));
  const lines = curves.map((curve, i) => {
    const spark = (sparks[i] as string).padEnd(longest);
    return `${curve.title.padEnd(width)}  ${spark}  ${wordsOf(curve, along)}`;
  });
  return [headOf(all), '', ...lines].join('\n');
}

/** One curve point by point: where, how many sounds, the value and its band. */
export function curveTable(curve: BiasCurve, { along }: BiasCurves): string {
  const rows = [
    [along, 'count', curve.unit === '' ? 'value' : curve.unit, 'low', 'high', 'chance'],
    ...curve.points.map((point) => rowOf(point, curve, along)),
  ];
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
  return [curve.title, ...lines].join('\n');
}

/** What the curves are of, on one line. */
export function headOf({
  title,
  run,
  along,
  endSeconds,
  sounds,
  agents,
  curves,
}: BiasCurves): string {
  const points = curves[0]?.points ?? [];
  const last = points.at(-1);
  const span = along === 'lap' ? `laps 0–${last?.to ?? 0}` : `0:00–${clockOf(endSeconds)}`;
  const of = agents === undefined ? '' : ` by ${agents.join(', ')}`;
  const outside = sounds.corpus === 0 ? 'no corpus' : `${sounds.corpus} from the corpus`;
  const left = (['silent', 'short', 'lost'] as const)
    .filter((why) => sounds[why] > 0)
    .map((why) => `, ${sounds[why]} ${why}`)
    .join('');
  return `${title}  ${run}  ${span} · ${sounds.made} sounds${of}, ${outside}${left}`;
}

function rowOf(point: CurvePoint, curve: BiasCurve, along: BiasCurves['along']): string[] {
  const { estimate } = point;
  const head = [placeOf(point, along), String(point.count)];
  if ('undefinedBecause' in estimate) return [...head, '–', '', '', estimate.undefinedBecause];
  const cells = [estimate.value, estimate.low, estimate.high, estimate.chance].map((x) =>
    x === undefined ? '' : figureOf(x, curve),
  );
  return [...head, ...cells];
}

function sparkline({ points, measure }: BiasCurve): string {
  const values = points.map(({ estimate }) => ('value' in estimate ? estimate.value : undefined));
  const shown = values.length <= SPARK_MAX ? values : picked(values, SPARK_MAX);
  const known = shown.filter((value) => value !== undefined);
  // Distances begin at 0; what else hardly moves is drawn as a level line, not as mountains.
  const least = measure === 'drift' || measure === 'from-corpus' ? 0 : Math.min(...known);
  const range = Math.max(Math.max(...known) - least, 0.02 * Math.abs(Math.max(...known)), 1e-9);
  return shown
    .map((value) => {
      if (value === undefined) return GAP;
      return SPARKS[Math.min(7, Math.floor((8 * (value - least)) / range))];
    })
    .join('');
}

function picked<T>(values: readonly T[], most: number): readonly T[] {
  return Array.from(
    { length: most },
    (_, i) => values[Math.floor((i * values.length) / most)] as T,
  );
}
