import type { Sounding } from '../tale/soundings.js';
import type { Tale } from '../tale/tale.js';
import type { Take } from '../tale/takes.js';
import { within } from '../tale/takes.js';
import { clock, lasting } from '../written.js';
import type { Sentence } from './sentence.js';
import { cite, tell } from './sentence.js';

/** A stretch in which no sound that was sent to a recorder lasted. */
export interface Silence {
  readonly before: Sounding;
  readonly after: Sounding;
  readonly seconds: number;
}

/** Of silences that are equal but for rounding, the first is told. */
const NOTHING = 1e-6;

/** The longest silence between two sounds that begins in a take; undefined where there is none. */
export function longestSilence(tale: Tale, take: Take): Silence | undefined {
  let [until, longest]: [Sounding | undefined, Silence | undefined] = [undefined, undefined];
  for (const one of tale.soundings) {
    if (until !== undefined && one.from > until.to && within(take, until.to)) {
      const silence = { before: until, after: one, seconds: one.from - until.to };
      if (silence.seconds > (longest?.seconds ?? 0) + NOTHING) longest = silence;
    }
    if (until === undefined || one.to > until.to) until = one;
  }
  return longest;
}

/** What is told of the longest silence of a take. */
export function silences(tale: Tale, take: Take): readonly Sentence[] {
  const longest = longestSilence(tale, take);
  if (longest === undefined || longest.seconds < 0.05) return [];
  const { before, after, seconds } = longest;
  return [
    tell(
      before.to,
    )`The longest silence of this take lasted ${lasting(seconds)}: from the end of ${cite(
      before.said,
    )} at ${clock(before.to, true)} to ${cite(after.said)}.`,
  ];
}
