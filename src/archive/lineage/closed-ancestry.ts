import type { RunIndex } from '../index-db/run-index.js';

/** How many of a run's sounds are accounted for. */
export interface ClosedAncestry {
  /** Envelopes that carry audio. */
  readonly sounds: number;
  /** Those whose every line of descent ends in a first word of the journal. */
  readonly closed: number;
  /** closed / sounds; 1 for a run without sounds. */
  readonly share: number;
  /** Ids of sounds that are not closed, at most 20. */
  readonly open: readonly string[];
}

const OPEN_NAMED = 20;

/**
 * Measures whether every sound descends only from what the journal holds: all parents present,
 * down to envelopes without any (recordings, noise, ticks, injections).
 */
export function closedAncestry(index: RunIndex): ClosedAncestry {
  const marks = index.family.closed();
  const open: number[] = [];
  let sounds = 0;
  for (let n = 0; n < marks.length; n++) {
    if (index.port(n).carries !== 'audio') continue;
    sounds++;
    if (marks[n] === 0) open.push(n);
  }
  const closed = sounds - open.length;
  const share = sounds === 0 ? 1 : closed / sounds;
  return { sounds, closed, share, open: open.slice(0, OPEN_NAMED).map((n) => index.id(n)) };
}
