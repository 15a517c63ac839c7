import type { BiasCurve, BiasCurves, CurvePoint } from './bias-curves.js';
import { type ValuedPoint, clockOf, figureOf, valued, wordsOf } from './words.js';

/** The size of one panel in pixels. */
export interface Panel {
  readonly width: number;
  readonly height: number;
}

type Of = Pick<BiasCurves, 'along' | 'windowSeconds'>;

/** Where values are drawn. */
interface Axes {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
  readonly step: number;
}

const LEFT = 44;
const TOP = 44;
const BOTTOM = 18;
const TICKS = 3;

/** One curve with its band, its axes and its words. */
export function panelSvg(curve: BiasCurve, of: Of, size: Panel): string {
  const points = valued(curve);
  const head = headSvg(curve, of);
  if (points.length === 0) return `${head}\n${frameSvg(size)}`;
  const axes = axesOf(curve, points, size);
  return [
    head,
    ...axes.ticks.map((tick) => tickSvg(tick, curve, axes, size)),
    lapsSvg(curve, of, axes, size),
    ...runsOf(curve).map((run) => runSvg(run, axes)),
  ].join('\n');
}

function headSvg(curve: BiasCurve, { along }: Of): string {
  const unit = curve.unit === '' ? '' : `, ${curve.unit}`;
  return `<text class="text" y="10" style="font-weight: bold">${escaped(curve.title + unit)}</text>
<text class="dim" y="27">${escaped(wordsOf(curve, along))}</text>`;
}

function frameSvg({ width, height }: Panel): string {
  return `<path class="line" d="M${LEFT} ${height - BOTTOM}H${width}"/>`;
}

function axesOf({ points, digits }: BiasCurve, known: readonly ValuedPoint[], size: Panel): Axes {
  const edges = known.flatMap(
    ({ estimate: { value, low = value, high = value, chance = value } }) => [
      value,
      low,
      high,
      chance,
    ],
  );
  const step = stepOf(Math.min(...edges), Math.max(...edges), digits);
  const least = Math.floor(Math.min(...edges) / step + 1e-9) * step;
  const most = Math.max(Math.ceil(Math.max(...edges) / step - 1e-9) * step, least + step);
  const count = Math.round((most - least) / step);
  const end = Math.max(1, points.at(-1)?.to ?? 1);
  const height = size.height - TOP - BOTTOM;
  return {
    x: (at) => LEFT + 4 + ((size.width - LEFT - 8) * at) / end,
    y: (value) => TOP + height * (1 - (value - least) / (most - least)),
    step,
    ticks: Array.from({ length: count + 1 }, (_, i) => least + i * step),
  };
}

/** A step of 1, 2 or 5 times a power of ten that gives three or four lines. */
function stepOf(least: number, most: number, digits: number): number {
  const raw = Math.max((most - least) / TICKS, 10 ** -digits);
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 5, 10].find((by) => by * power >= raw * 0.999) as number);
}

function tickSvg(tick: number, curve: BiasCurve, { y, step }: Axes, { width }: Panel): string {
  const at = round(y(tick));
  const text = figureOf(tick, { digits: Number.isInteger(step) ? 0 : Math.min(curve.digits, 1) });
  return `<path class="line" d="M${LEFT} ${at}H${width}"/>
<text class="dim" x="${LEFT - 6}" y="${at + 4}" text-anchor="end">${text}</text>`;
}

function lapsSvg({ points }: BiasCurve, { along }: Of, { x }: Axes, { height }: Panel): string {
  const end = points.at(-1)?.to ?? 0;
  const marks = [...new Set([0, Math.round(end / 2), end])];
  return marks
    .map((at, i) => {
      const anchor = i === 0 ? 'start' : i === marks.length - 1 ? 'end' : 'middle';
      const says = along === 'time' ? clockOf(at) : i === 0 ? `lap ${at}` : String(at);
      const place = `x="${round(x(at))}" y="${height}" text-anchor="${anchor}"`;
      return `<text class="dim" ${place}>${says}</text>`;
    })
    .join('\n');
}

/** Points that follow each other without a gap. */
function runsOf({ points }: BiasCurve): readonly (readonly ValuedPoint[])[] {
  const runs: ValuedPoint[][] = [[]];
  for (const point of points) {
    if (isValued(point)) runs.at(-1)?.push(point);
    else if (runs.at(-1)?.length !== 0) runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

function isValued(point: CurvePoint): point is ValuedPoint {
  return 'value' in point.estimate;
}

function runSvg(run: readonly ValuedPoint[], axes: Axes): string {
  const at = ({ from, to }: CurvePoint): number => axes.x((from + to) / 2);
  const lineOf = (of: (point: ValuedPoint) => number): string =>
    run.map((point) => `${round(at(point))} ${round(axes.y(of(point)))}`).join('L');
  const chance = run.every(({ estimate }) => estimate.chance !== undefined)
    ? `<path class="chance" d="M${lineOf(({ estimate }) => estimate.chance as number)}"/>`
    : '';
  const dots = run.map((point) => {
    const [x, y] = [round(at(point)), round(axes.y(point.estimate.value))];
    return `<circle class="dot" cx="${x}" cy="${y}" r="2.25"/>`;
  });
  const curve = `<path class="curve" d="M${lineOf(({ estimate }) => estimate.value)}"/>`;
  return [bandSvg(run, axes), chance, curve, dots.join('')]
    .filter((part) => part !== '')
    .join('\n');
}

function bandSvg(run: readonly ValuedPoint[], { x, y }: Axes): string {
  const side = (of: 'low' | 'high', points: readonly ValuedPoint[]): string[] =>
    points.map(({ from, to, estimate }) => {
      return `${round(x((from + to) / 2))} ${round(y(estimate[of] ?? estimate.value))}`;
    });
  if (run.length === 1) return '';
  const around = [...side('high', run), ...side('low', run.toReversed())];
  return `<path class="band" d="M${around.join('L')}Z"/>`;
}

/** Text as it may stand in SVG. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** One digit after the point, and no minus before a zero. */
function round(x: number): number {
  return Math.round(10 * x) / 10 + 0;
}
