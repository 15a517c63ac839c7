import type { DescribedSound } from './described.js';
import type { Choice } from './sound.js';

/** What curves may run along. */
export type Along = 'lap' | 'time';

/** The sounds and choices of some laps, or of a stretch of logical time. */
export interface Group {
  /** First lap, or seconds of the beginning. */
  readonly from: number;
  /** Last lap, or seconds of the end. */
  readonly to: number;
  readonly sounds: readonly DescribedSound[];
  readonly choices: readonly Choice[];
}

/** Points of a curve at most: beyond that, laps are taken together and windows are longer. */
const POINTS_MAX = 60;

/** Sounds that a point by lap rests on unless said otherwise, so that it has a band. */
export const AT_LEAST = 8;

/**
 * Groups by lap: lap 0 alone, then so many laps together that each group has `atLeast` sounds and
 * 60 points hold them all. What is left over at the end joins the group before.
 */
export function lapGroups(
  sounds: readonly DescribedSound[],
  choices: readonly Choice[],
  atLeast: number = AT_LEAST,
): readonly Group[] {
  const last = [...sounds, ...choices].reduce((most, { lap }) => Math.max(most, lap), -1);
  if (last < 0) return [];
  const bySound = gathered(sounds, last + 1, ({ lap }) => lap);
  const byChoice = gathered(choices, last + 1, ({ lap }) => lap);
  return lapRanges(
    bySound.map((one) => one.length),
    atLeast,
  ).map(([from, to]) => ({
    from,
    to,
    sounds: bySound.slice(from, to + 1).flat(),
    choices: byChoice.slice(from, to + 1).flat(),
  }));
}

/** First and last lap of every group, from how many sounds each lap has. */
function lapRanges(counts: readonly number[], atLeast: number): [from: number, to: number][] {
  const last = counts.length - 1;
  const lapsMin = Math.max(1, Math.ceil(last / (POINTS_MAX - 1)));
  const ranges: [number, number][] = [[0, 0]];
  let [from, sounds] = [1, 0];
  for (let lap = 1; lap <= last; lap++) {
    sounds += counts[lap]!;
    if (sounds < atLeast || lap - from + 1 < lapsMin) continue;
    ranges.push([from, lap]);
    [from, sounds] = [lap + 1, 0];
  }
  const before = ranges.at(-1) as [number, number];
  if (from <= last && ranges.length > 1) before[1] = last;
  else if (from <= last) ranges.push([from, last]);
  return ranges;
}

/** Groups by windows of logical time, each sound in the window in which it begins. */
export function timeGroups(
  sounds: readonly DescribedSound[],
  choices: readonly Choice[],
  { windowSeconds, endSeconds }: { windowSeconds: number; endSeconds: number },
): readonly Group[] {
  const count = Math.floor(endSeconds / windowSeconds) + 1;
  const place = ({ seconds }: { readonly seconds: number }): number =>
    Math.floor(seconds / windowSeconds);
  const bySound = gathered(sounds, count, place);
  const byChoice = gathered(choices, count, place);
  return Array.from({ length: count }, (_, i) => ({
    from: i * windowSeconds,
    to: (i + 1) * windowSeconds,
    sounds: bySound[i] ?? [],
    choices: byChoice[i] ?? [],
  }));
}

/** A window for a run of such a length: 30 s, or the multiple of it that gives 60 points. */
export function windowFor(endSeconds: number): number {
  return 30 * Math.max(1, Math.ceil(endSeconds / 30 / POINTS_MAX));
}

function gathered<T>(things: readonly T[], count: number, place: (thing: T) => number): T[][] {
  const groups: T[][] = Array.from({ length: count }, () => []);
  for (const thing of things) groups[place(thing)]?.push(thing);
  return groups;
}

/** So many things of a list at most, spread evenly over it. */
export function thinned<T>(things: readonly T[], most: number): readonly T[] {
  if (things.length <= most) return things;
  return Array.from(
    { length: most },
    (_, i) => things[Math.floor((i * things.length) / most)] as T,
  );
}
