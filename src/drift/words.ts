import type { BiasCurve, BiasCurves, CurvePoint } from './bias-curves.js';

/** A point that has a value. */
export interface ValuedPoint extends CurvePoint {
  readonly estimate: Extract<CurvePoint['estimate'], { readonly value: number }>;
}

/** The points of a curve that have a value. */
export function valued({ points }: BiasCurve): readonly ValuedPoint[] {
  return points.filter((point): point is ValuedPoint => 'value' in point.estimate);
}

/** A number as a curve's unit is written. */
export function figureOf(value: number, { digits }: Pick<BiasCurve, 'digits'>): string {
  return value.toFixed(digits);
}

/** What laps or time a point stands for, such as `lap 3`, `laps 3–5` or `1:30`. */
export function placeOf({ from, to }: CurvePoint, along: BiasCurves['along']): string {
  if (along === 'time') return clockOf(from);
  return from === to ? `lap ${from}` : `laps ${from}–${to}`;
}

function startOf({ from }: CurvePoint, along: BiasCurves['along']): string {
  return along === 'time' ? clockOf(from) : `lap ${from}`;
}

function endOf({ from, to }: CurvePoint, along: BiasCurves['along']): string {
  return along === 'time' ? clockOf(from) : `lap ${to}`;
}

/** Seconds as `m:ss`, or `h:mm:ss` from an hour on. */
export function clockOf(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (x: number): string => String(x).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** What a curve shows, in plain words. */
export function wordsOf(curve: BiasCurve, along: BiasCurves['along']): string {
  const points = valued(curve);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return undefinedWords(curve);
  if (points.length === 1) return `${withUnit(first, curve)} at ${placeOf(first, along)}`;
  const distance = curve.measure === 'drift' || curve.measure === 'from-corpus';
  return distance ? distanceWords(points, curve, along) : changeWords(points, curve, along);
}

function undefinedWords({ points }: BiasCurve): string {
  const whys = points.flatMap(({ estimate }) =>
    'undefinedBecause' in estimate ? [estimate.undefinedBecause] : [],
  );
  return `undefined because ${whys[0] ?? 'nothing was said'}`;
}

/** A distance means something from where it is beyond chance. */
function distanceWords(
  points: readonly ValuedPoint[],
  curve: BiasCurve,
  along: BiasCurves['along'],
): string {
  const beyond = points.findIndex((_, i) => points.slice(i).every(isBeyondChance));
  const last = points.at(-1) as ValuedPoint;
  const end = `${withUnit(last, curve)} by ${endOf(last, along)}`;
  if (points.every(({ estimate }) => estimate.chance === undefined)) return end;
  if (!points.some(isBeyondChance)) return `never beyond what chance gives; ${end}`;
  if (beyond === 0) return `beyond chance throughout; ${end}`;
  if (beyond < 0) return `beyond chance at times; ${end}`;
  return `beyond chance from ${startOf(points[beyond] as ValuedPoint, along)} on; ${end}`;
}

function isBeyondChance({ estimate: { value, low = value, chance } }: ValuedPoint): boolean {
  return chance !== undefined && low > chance;
}

/** A change is told where the bands of the first and the last point do not touch. */
function changeWords(
  points: readonly ValuedPoint[],
  curve: BiasCurve,
  along: BiasCurves['along'],
): string {
  const [first, last] = [points[0], points.at(-1)] as [ValuedPoint, ValuedPoint];
  const [from, to] = [figureOf(first.estimate.value, curve), withUnit(last, curve)];
  const [a, b] = [bandOf(first), bandOf(last)];
  if (a === undefined || b === undefined) {
    return `${from} → ${to} by ${endOf(last, along)}, too few sounds for a band`;
  }
  if (b[1] < a[0]) return `falls from ${from} to ${to} by ${endOf(last, along)}`;
  if (b[0] > a[1]) return `rises from ${from} to ${to} by ${endOf(last, along)}`;
  const values = points.map(({ estimate }) => estimate.value);
  const [least, most] = [Math.min(...values), Math.max(...values)].map((x) => figureOf(x, curve));
  return least === most
    ? `stays at ${to}`
    : `ends about where it began, between ${least} and ${most}`;
}

function bandOf({ estimate: { low, high } }: ValuedPoint): readonly [number, number] | undefined {
  return low === undefined || high === undefined ? undefined : [low, high];
}

function withUnit({ estimate }: ValuedPoint, curve: BiasCurve): string {
  return `${figureOf(estimate.value, curve)}${curve.unit === '' ? '' : ` ${curve.unit}`}`;
}
