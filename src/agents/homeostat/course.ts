import { parseDuration } from '../../core/index.js';

/** One stretch of a course: from where it is to a value, in so many seconds. */
export interface Leg {
  readonly to: number;
  readonly seconds: number;
}

/** How a measure is wanted over time: a first value, then stretches; the last value stays. */
export interface Course {
  readonly from: number;
  readonly legs: readonly Leg[];
}

/** A course that was read, or what was expected in its place. */
export type ReadCourse =
  | { readonly ok: true; readonly course: Course }
  | { readonly ok: false; readonly expected: string };

const TOKEN = /\s*(->|[-+]?[\d.][^\s>-]*|[^\s\d>-]+|\S)/gy;
const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)$/;

/**
 * Reads a course: `v`, then any of `-> v over d` (a straight line to v) and `hold d`, as in
 * `20 hold 10min -> 3 over 6h hold 1h -> 12 over 30min`.
 */
export function readCourse(written: string | number): ReadCourse {
  const words = [...String(written).matchAll(TOKEN)].map(([, word]) => word as string);
  const from = numberOf(words[0]);
  if (from === undefined) return unexpected('a number to begin with', undefined, words[0]);
  const legs: Leg[] = [];
  for (let at = 1; at < words.length; ) {
    const read = legOf(words, at, legs.at(-1)?.to ?? from);
    if ('ok' in read) return read;
    legs.push(read.leg);
    at = read.next;
  }
  return { ok: true, course: { from, legs } };
}

type ReadLeg = { readonly leg: Leg; readonly next: number } | (ReadCourse & { readonly ok: false });

function legOf(words: readonly string[], at: number, now: number): ReadLeg {
  const word = words[at] as string;
  if (word === 'hold') return held(words, at, now);
  if (word !== '->') return unexpected('`-> value over time` or `hold time`', words[at - 1], word);
  const to = numberOf(words[at + 1]);
  if (to === undefined) return unexpected('a number', '->', words[at + 1]);
  if (words[at + 2] !== 'over') {
    return unexpected('`over` and a time such as 6h', words[at + 1], words[at + 2]);
  }
  return lasting(words, at + 3, to);
}

function held(words: readonly string[], at: number, now: number): ReadLeg {
  return lasting(words, at + 1, now);
}

function lasting(words: readonly string[], at: number, to: number): ReadLeg {
  const seconds = parseDuration(words[at] ?? '');
  const bare = NUMBER.test(words[at] ?? '');
  if (seconds !== undefined && !bare) return { leg: { to, seconds }, next: at + 1 };
  return unexpected('a time with its unit, such as 90s, 10min or 6h', words[at - 1], words[at]);
}

function numberOf(word: string | undefined): number | undefined {
  return word !== undefined && NUMBER.test(word) ? Number(word) : undefined;
}

function unexpected(
  expected: string,
  after: string | undefined,
  found: string | undefined,
): ReadCourse & { readonly ok: false } {
  const place = after === undefined ? '' : ` after \`${after}\``;
  const instead = found === undefined ? 'where it ends' : `not \`${found}\``;
  return { ok: false, expected: `${expected}${place}, ${instead}` };
}

/** What a course asks for so many seconds after its beginning. */
export function wantedAt({ from, legs }: Course, seconds: number): number {
  let [value, begun] = [from, 0];
  for (const leg of legs) {
    const share = (seconds - begun) / leg.seconds;
    if (share < 1) return value + (leg.to - value) * Math.max(0, share);
    [value, begun] = [leg.to, begun + leg.seconds];
  }
  return value;
}
