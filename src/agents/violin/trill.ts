import type { HeardNote } from './hearing.js';

/** Notes of a trill are shorter than this, and there are at least four. */
const NOTE_SECONDS_MAX = 0.22;
const NOTES_MIN = 4;
/** Notes this close are one pitch; the two of a trill are at most a minor third apart. */
const SAME_CENTS = 60;
const APART_CENTS_MAX = 330;
const GAP_SECONDS_MAX = 0.08;

/**
 * Joins quick alternations of two pitches: one note with `trillHz`, from the first pitch to the
 * other.
 */
export function withTrills(notes: readonly HeardNote[]): readonly HeardNote[] {
  const joined: HeardNote[] = [];
  for (let i = 0; i < notes.length; ) {
    const count = trillFrom(notes, i);
    joined.push(count >= NOTES_MIN ? asTrill(notes.slice(i, i + count)) : notes[i]!);
    i += count >= NOTES_MIN ? count : 1;
  }
  return joined;
}

/** How many notes from here on alternate. */
function trillFrom(notes: readonly HeardNote[], start: number): number {
  let end = start + 1;
  while (end < notes.length && alternates(notes, start, end)) end++;
  return end - start;
}

function alternates(notes: readonly HeardNote[], start: number, at: number): boolean {
  const [before, now, first] = [notes[at - 1]!, notes[at]!, notes[start + ((at - start) % 2)]!];
  const short = before.seconds < NOTE_SECONDS_MAX && now.seconds < NOTE_SECONDS_MAX;
  const gap = now.startSeconds - before.startSeconds - before.seconds;
  const apart = centsBetween(before, now);
  const other = apart > SAME_CENTS && apart < APART_CENTS_MAX;
  return short && gap < GAP_SECONDS_MAX && other && centsBetween(first, now) < SAME_CENTS;
}

function centsBetween(a: HeardNote, b: HeardNote): number {
  if (a.f0Hz === 0 || b.f0Hz === 0) return Number.POSITIVE_INFINITY;
  return Math.abs(1200 * Math.log2(a.f0Hz / b.f0Hz));
}

function asTrill(notes: readonly HeardNote[]): HeardNote {
  const [first, second, last] = [notes[0]!, notes[1]!, notes.at(-1)!];
  const seconds = last.startSeconds + last.seconds - first.startSeconds;
  return {
    ...first,
    toF0Hz: second.f0Hz,
    seconds,
    fallDb: first.loudnessDb - last.loudnessDb,
    loudnessDb: notes.reduce((sum, note) => sum + note.loudnessDb, 0) / notes.length,
    trillHz: notes.length / seconds,
  };
}
