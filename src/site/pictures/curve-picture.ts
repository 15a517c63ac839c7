import type { Markup } from '../markup.js';
import { html } from '../markup.js';

/** One point of a curve, with the band of confidence around it. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** A measure over laps or time, as whoever computed it passes it in. */
export interface Curve {
  readonly name: string;
  readonly unit: string;
  /** What x counts; `lap` unless given. */
  readonly over?: string;
  readonly points: readonly CurvePoint[];
}

const [WIDTH, HEIGHT, PAD] = [300, 110, 6];

/** A curve with its band as a figure: its numbers stand in words below and in its description. */
export function curveFigure({ name, unit, over = 'lap', points }: Curve): Markup {
  const sound = points.filter(({ x, y, low, high }) => [x, y, low, high].every(Number.isFinite));
  const [first, last] = [sound[0], sound.at(-1)];
  if (first === undefined || last === undefined) {
    return html`<figure class="curve"><figcaption><b>${name}</b> no points</figcaption></figure>`;
  }
  const told = ({ x, y }: CurvePoint): string => `${figure(y)} at ${over} ${figure(x)}`;
  const words = `${told(first)}, ${told(last)}`;
  return html`<figure class="curve"><figcaption><b>${name}</b>${
    unit !== '' && html` <span class="dim">${unit}</span>`
  }</figcaption>${drawn(sound, `${name}: ${words}`)}<p class="dim">${words}</p></figure>`;
}

function drawn(points: readonly CurvePoint[], label: string): Markup {
  const xs = points.map(({ x }) => x);
  const ys = points.flatMap(({ y, low, high }) => [y, low, high]);
  const across = scale(xs, PAD, WIDTH - PAD);
  const up = scale(ys, HEIGHT - PAD, PAD);
  const at = (x: number, y: number): string => `${across(x).toFixed(1)} ${up(y).toFixed(1)}`;
  const band = [
    ...points.map(({ x, high }) => at(x, high)),
    ...points.toReversed().map(({ x, low }) => at(x, low)),
  ];
  const line = points.map(({ x, y }) => at(x, y));
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
<path class="band" d="M${band.join('L')}Z"/><path class="line" d="M${line.join('L')}"/></svg>`;
}

function scale(values: readonly number[], from: number, to: number): (value: number) => number {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return (value) => from + ((value - low) / (high - low || 1)) * (to - from);
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}
