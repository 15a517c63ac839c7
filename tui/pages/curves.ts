import { bandChart, type Edges, pooledPoints } from '../draw/band-chart.js';
import { fit } from '../draw/text.js';
import type { Look } from '../look/look.js';
import type { Size } from '../panels/panel.js';
import { pointsOf, SPANS, type Point, type SpanName } from '../sight/series.js';
import type { Sight } from '../sight/sight.js';
import { type Part, section, stackedRows } from './section.js';

/** One bias curve: what it is of, and the values between which it can lie. */
interface Curve {
  readonly name: string;
  readonly series: string;
  readonly means: string;
  readonly least?: number;
  readonly most?: number;
  readonly digits: number;
}

const CURVES: readonly Curve[] = [
  { name: 'drift', series: 'life drift', means: 'spreads from the corpus', digits: 2 },
  { name: 'variety', series: 'life variety', means: '1 as at the start', most: 1, digits: 2 },
  { name: 'rank', series: 'life rank', means: 'directions, of 11', least: 1, digits: 1 },
  { name: 'fresh', series: 'life fresh', means: 'share from outside', most: 1, digits: 2 },
  { name: 'new', series: 'life novelty', means: 'unlike all before, an hour', digits: 0 },
];

const ROWS_MIN = 2;
const ROWS_MAX = 8;
const NUMBER = 6;
/** Columns of a row that hold no chart: the frame, the number, and the names of both spans. */
const FRAME = 2 + 2 + NUMBER + 1 + 4 + 4;

/** The bias curves of a run: the last ten minutes and the last three hours, with their bands. */
export function curvesPage(sight: Sight, look: Look, size: Size): readonly string[] {
  const each = Math.floor(size.rows / CURVES.length) - 2;
  const rows = Math.min(ROWS_MAX, Math.max(ROWS_MIN, each));
  const parts = CURVES.map(
    (curve): Part => [
      rows + 2,
      (room) => section(titleOf(curve, sight), linesOf(curve, sight, look, room, rows), look, room),
    ],
  );
  return stackedRows(size, parts);
}

function titleOf({ name, means, series, digits }: Curve, sight: Sight): string {
  const of = sight.series.get(series);
  const last = of === undefined ? undefined : lastOf(pointsOf(of, 'minutes', 600, sight.nowMs));
  return `${name}  ${last === undefined ? '-' : last.toFixed(digits)}  ${means}`;
}

function linesOf(
  curve: Curve,
  sight: Sight,
  look: Look,
  { columns }: Size,
  rows: number,
): readonly string[] {
  const width = Math.max(4, Math.floor((columns - FRAME) / 2));
  const spans = (['minutes', 'hours'] as const).map((span) => points(curve, sight, span, width));
  const edges = edgesOf(curve, spans.flat());
  const charts = spans.map((span) => bandChart(span, edges, look, rows));
  const { least, most } = edges;
  return Array.from({ length: rows }, (_, row) => {
    const edge = row === 0 ? most : row === rows - 1 ? least : undefined;
    const written = edge === undefined ? '' : edge.toFixed(curve.digits);
    const label = look.paint('dim', fit(written.padStart(NUMBER), NUMBER));
    const tail = row === rows - 1 ? [' 10m', ' 3h '] : ['    ', '    '];
    const [near, far] = tail.map((text) => look.paint('dim', text));
    return ` ${label} ${charts[0]?.[row]}${near} ${charts[1]?.[row]}${far}`;
  });
}

function points(curve: Curve, sight: Sight, span: SpanName, width: number): readonly Point[] {
  const series = sight.series.get(curve.series);
  const count = SPANS[span].points;
  const all = series === undefined ? [] : pointsOf(series, span, count, sight.nowMs);
  return pooledPoints(all, width);
}

function edgesOf({ least = 0, most }: Curve, known: readonly Point[]): Edges {
  const greatest = Math.max(...known.map(({ max }) => (Number.isNaN(max) ? least : max)), least);
  return { least, most: Math.max(most ?? greatest, greatest, least + 1e-6) };
}

function lastOf(all: readonly Point[]): number | undefined {
  return all.findLast(({ mean }) => !Number.isNaN(mean))?.mean;
}
