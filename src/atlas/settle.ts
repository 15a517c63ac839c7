import { type Print, FLOOR_DB, distanceDb, meanPrint } from './print.js';

/** What becomes of a sound that goes round and round. */
export type Fate =
  | { readonly name: 'fixed point'; readonly at: number }
  | { readonly name: 'cycle'; readonly at: number; readonly period: number }
  | { readonly name: 'silence'; readonly at: number }
  | { readonly name: 'explodes'; readonly at: number }
  | { readonly name: 'hovers'; readonly at: number; readonly radiusDb: number }
  | { readonly name: 'wanders'; readonly at: number; readonly stepDb: number };

/** When a sound counts as settled. */
export interface Settling {
  /** The most that laps of one attractor differ, in dB. */
  readonly sameDb: number;
  /** How far from its middle a sound that hovers may stray, in dB. */
  readonly hoverDb: number;
}

/** One decibel is about the least difference of level that is heard; six are heard by all. */
export const SETTLING: Settling = { sameDb: 1, hoverDb: 6 };

/** A fixed point has not changed for so many laps. */
export const LAPS_STILL = 3;
/** The longest cycle looked for. */
export const PERIOD_MAX = 8;
/** A level above this is no sound any more. */
const LOUDEST_DB = 40;

/**
 * What a path has come to, or undefined while it still moves. `path` holds the probe and then each
 * lap; only its end is looked at, so that it can be asked after every lap. `at` is the first lap
 * of the attractor.
 */
export function settled(path: readonly Print[], settling: Settling = SETTLING): Fate | undefined {
  const last = path.length - 1;
  const end = path[last];
  if (end === undefined) return undefined;
  if (end.some((db) => !(db <= LOUDEST_DB))) return { name: 'explodes', at: last };
  if (last < LAPS_STILL) return undefined;
  const still = path.slice(-LAPS_STILL - 1);
  if (still.slice(1).every(isSilent)) return { name: 'silence', at: firstSilent(path) };
  if (isStill(still, settling)) {
    return { name: 'fixed point', at: entry(path, 1, settling) };
  }
  for (let period = 2; period <= PERIOD_MAX; period++) {
    if (recurs(path, period, settling)) {
      return { name: 'cycle', period, at: entry(path, period, settling) };
    }
  }
  return undefined;
}

function isSilent(print: Print): boolean {
  return print.every((db) => db <= FLOOR_DB);
}

function firstSilent(path: readonly Print[]): number {
  return path.findLastIndex((print) => !isSilent(print)) + 1;
}

function isStill(window: readonly Print[], { sameDb }: Settling): boolean {
  const near = window.every((a) => window.every((b) => distanceDb(a, b) <= sameDb));
  return near && !marches(window);
}

/** Steps below this are taken for rest: a fade of 3 dB in 60 laps is not told from none. */
const STEP_MIN_DB = 0.05;

/** Small steps that all lead one way and do not shorten are no rest: a slow fade is a path. */
function marches(window: readonly Print[]): boolean {
  const steps = window.slice(1).map((print, i) => distanceDb(window[i]!, print));
  const [first, last] = [steps[0]!, steps.at(-1)!];
  const whole = distanceDb(window[0]!, window.at(-1)!);
  const straight = whole > 0.9 * steps.reduce((sum, step) => sum + step, 0);
  return (straight || fades(window)) && last > STEP_MIN_DB && last > 0.8 * first;
}

/** Whether the loudest band gets softer, or louder, with every lap. */
function fades(path: readonly Print[]): boolean {
  const levels = path.map((print) => Math.max(...print));
  const steps = levels.slice(1).map((level, i) => Math.sign(level - levels[i]!));
  return steps[0] !== 0 && steps.every((step) => step === steps[0]);
}

/** A cycle's laps differ from each other so many times more than from those one period earlier. */
const CONTRAST = 3;

/**
 * Whether each of the last `period + 2` laps is what was one period earlier, and some lap differs
 * clearly from the next: what only crawls or trembles is no cycle.
 */
function recurs(path: readonly Print[], period: number, { sameDb }: Settling): boolean {
  const compared = period + 2;
  if (path.length < compared + period + 1) return false;
  let [far, step] = [0, 0];
  for (let i = 1; i <= compared; i++) {
    const now = path.at(-i)!;
    far = Math.max(far, distanceDb(now, path.at(-i - period)!));
    step = Math.max(step, distanceDb(now, path.at(-i - 1)!));
  }
  return far <= sameDb && step > Math.max(sameDb, CONTRAST * far);
}

/** The first lap from which on every lap is near the phase of the end that it stands for. */
function entry(path: readonly Print[], period: number, { sameDb }: Settling): number {
  const last = path.length - 1;
  let at = path.length - period;
  while (at > 0) {
    const phase = last - ((last - (at - 1)) % period);
    if (distanceDb(path[at - 1]!, path[phase]!) > sameDb) break;
    at--;
  }
  return at;
}

/** Who still leaps like this after so many laps is not followed further. */
const LEAP_DB = 3;
const LAPS_RESTLESS = 16;

/**
 * Whether a path has leapt about for so long that no rest is to be hoped for; one that has just
 * come back to where it was may yet be found to circle.
 */
export function isRestless(path: readonly Print[], { sameDb }: Settling = SETTLING): boolean {
  if (path.length <= LAPS_RESTLESS) return false;
  const end = path.at(-1)!;
  const before = path.slice(-PERIOD_MAX - 1, -1);
  if (before.some((print) => distanceDb(print, end) <= sameDb)) return false;
  const late = path.slice(-LAPS_RESTLESS / 2 - 1);
  const steps = late.slice(1).map((print, i) => distanceDb(late[i]!, print));
  const length = steps.reduce((sum, step) => sum + step, 0);
  const leaps = steps.filter((step) => step > LEAP_DB).length;
  return leaps > steps.length / 2 && distanceDb(late[0]!, end) < length / 2 && !fades(late);
}

/**
 * How far apart the middles of the first and second half of a stay may lie, in its radii: chance
 * gives 0.7, a straight way √3.
 */
const DRIFT_MAX = 1.5;

/** A place is kept only by who stayed there for so many laps. */
const HOVER_LAPS_MIN = 6;

/**
 * What a path that never settled did in its second half: it hovers when it kept around one place,
 * and wanders when it went further or drifted.
 */
export function unsettled(path: readonly Print[], settling: Settling = SETTLING): Fate {
  const at = Math.floor(path.length / 2);
  const late = path.slice(at);
  const middle = meanPrint(late);
  const radiusDb = rootMeanSquare(late.map((print) => distanceDb(print, middle)));
  const half = late.length >> 1;
  const drift = distanceDb(meanPrint(late.slice(0, half)), meanPrint(late.slice(-half)));
  const keeps = radiusDb <= settling.hoverDb && drift <= DRIFT_MAX * radiusDb && !marches(late);
  if (late.length >= HOVER_LAPS_MIN && keeps) return { name: 'hovers', at, radiusDb };
  const steps = late.slice(1).map((print, i) => distanceDb(late[i]!, print));
  return { name: 'wanders', at, stepDb: rootMeanSquare(steps) };
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / Math.max(1, values.length));
}
