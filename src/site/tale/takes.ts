import type { Utterance } from './utterance.js';

/** A stretch of a run that has a page of its own, in logical seconds; `to` is not in it. */
export interface Take {
  readonly number: number;
  readonly of: number;
  readonly from: number;
  readonly to: number;
}

const TAKE_SECONDS = 300;
/** Up to this much longer, a run is not cut. */
const SLACK = 0.5;
const SAID_MAX = 4000;

/**
 * A run cut into takes of about five minutes, shorter where more was said than a page can hold;
 * a run of less than seven and a half minutes is one take.
 */
export function takesOf(begins: number, ends: number, said: readonly Utterance[]): readonly Take[] {
  const length = ends - begins;
  const own = said.filter(({ line }) => line > 0).length;
  const byTime = length <= TAKE_SECONDS * (1 + SLACK) ? 1 : Math.ceil(length / TAKE_SECONDS);
  const of = Math.max(1, byTime, Math.ceil(own / SAID_MAX));
  const step = length / of;
  return Array.from({ length: of }, (_, i) => ({
    number: i + 1,
    of,
    from: begins + i * step,
    to: i === of - 1 ? ends : begins + (i + 1) * step,
  }));
}

/** Whether a moment belongs to a take; the very end of a run belongs to its last. */
export function within({ from, to, number, of }: Take, seconds: number): boolean {
  return seconds >= from && (seconds < to || (number === of && seconds <= to));
}

/** The take that a moment belongs to: the last for what is later than all. */
export function takeAt(takes: readonly Take[], seconds: number): Take {
  return takes.find((take) => within(take, seconds)) ?? (takes.at(-1) as Take);
}
