/** A line of a plot: points over seconds, a colour, and whether what lies under it is tinted. */
export interface PlotLine {
  readonly points: readonly { readonly at: number; readonly value: number }[];
  readonly hue: string;
  readonly area?: boolean;
}

/** Lines over logical time in one frame. */
export interface Plot {
  readonly title: string;
  readonly says: string;
  readonly lines: readonly PlotLine[];
  readonly width: number;
  readonly height: number;
  /** Seconds at the right edge. */
  readonly end: number;
  /** Seconds at which a fork entered. */
  readonly marks: readonly number[];
  readonly least?: number;
  readonly most?: number;
}

interface Axes {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
}

const LEFT = 44;
const TOP = 32;
const BOTTOM = 20;
const TICKS = 4;

/** A plot as SVG, with its axes and words. */
export function plotSvg(plot: Plot): string {
  const axes = axesOf(plot);
  return [
    `<text class="text" y="10" style="font-weight: bold">${escaped(plot.title)}</text>`,
    `<text class="dim" x="${plot.width}" y="10" text-anchor="end">${escaped(plot.says)}</text>`,
    ...axes.ticks.map((tick) => tickSvg(tick, plot, axes)),
    ...timeSvg(plot, axes),
    ...plot.marks.map((at) => markSvg(at, plot, axes)),
    ...plot.lines
      .filter(({ points }) => points.length > 0)
      .map((line) => lineSvg(line, plot, axes)),
  ].join('\n');
}

function axesOf(plot: Plot): Axes {
  const values = plot.lines.flatMap(({ points }) => points.map(({ value }) => value));
  const low = plot.least ?? Math.min(plot.most === undefined ? Infinity : 0, ...values);
  const high = plot.most ?? Math.max(...values, Number.NEGATIVE_INFINITY);
  const [from, to] = Number.isFinite(low) && Number.isFinite(high) ? [low, high] : [0, 1];
  const step = stepOf(to - from);
  const least = Math.floor(from / step) * step;
  const most = Math.max(Math.ceil(to / step) * step, least + step);
  const height = plot.height - TOP - BOTTOM;
  const count = Math.round((most - least) / step);
  return {
    x: (at) => LEFT + ((plot.width - LEFT) * at) / Math.max(1e-9, plot.end),
    y: (value) => TOP + height * (1 - (value - least) / (most - least)),
    ticks: Array.from({ length: count + 1 }, (_, i) => least + i * step),
  };
}

/** A step of 1, 2, 2.5 or 5 times a power of ten that gives about four lines. */
function stepOf(span: number): number {
  const raw = Math.max(span, 1e-6) / TICKS;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 2.5, 5, 10].find((by) => by * power >= raw * 0.999) as number);
}

function tickSvg(tick: number, { width }: Plot, { y }: Axes): string {
  const at = round(y(tick));
  const text = String(Math.round(tick * 1000) / 1000);
  return `<path class="line" d="M${LEFT} ${at}H${width}"/>
<text class="dim" x="${LEFT - 8}" y="${at + 4}" text-anchor="end">${text}</text>`;
}

const TIMES = 6;
const TIME_STEPS = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400,
];

function timeSvg({ end, width, height }: Plot, { x }: Axes): readonly string[] {
  const step =
    TIME_STEPS.find((one) => one * TIMES >= end) ?? Math.ceil(end / TIMES / 86_400) * 86_400;
  const times = Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);
  return times.map((at) => {
    const place = round(x(at));
    const anchor = at === 0 ? 'start' : place > width - 20 ? 'end' : 'middle';
    const where = `x="${place}" y="${height - 2}" text-anchor="${anchor}"`;
    return `<text class="dim" ${where}>${clockOf(at)}</text>`;
  });
}

function clockOf(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const hours = seconds >= 3600 ? `${Math.floor(seconds / 3600)}:` : '';
  return `${hours}${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function markSvg(at: number, { height }: Plot, { x }: Axes): string {
  return `<path class="entry" d="M${round(x(at))} ${TOP - 6}V${height - BOTTOM}"/>`;
}

function lineSvg({ points, hue, area }: PlotLine, { height }: Plot, { x, y }: Axes): string {
  const places = points.map(({ at, value }) => `${round(x(at))} ${round(y(value))}`);
  const [first, last] = [points[0], points.at(-1)].map((point) => round(x(point?.at ?? 0)));
  const floor = height - BOTTOM;
  const around = `M${first} ${floor}L${places.join('L')}L${last} ${floor}Z`;
  const under = `<path class="area" style="fill: ${hue}" d="${around}"/>`;
  const line = `<path class="curve" style="stroke: ${hue}" d="M${places.join('L')}"/>`;
  const dot =
    points.length === 1
      ? `<circle style="fill: ${hue}" cx="${first}" cy="${places[0]?.split(' ')[1]}" r="2.5"/>`
      : '';
  return `${area === true && points.length > 1 ? under : ''}${line}${dot}`;
}

/** Text as it may stand in SVG. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A tenth of a pixel is fine enough. */
export function round(x: number): number {
  return Math.round(10 * x) / 10;
}
