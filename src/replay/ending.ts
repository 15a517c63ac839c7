import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunArchive } from '../archive/index.js';
import { type Samples, UserError, toSamples } from '../core/index.js';

/** How far a run goes, and whether it was cut off before it could say so. */
export interface Extent {
  /** Logical seconds; undefined for a piece that ended by itself. */
  readonly seconds: number | undefined;
  readonly cutOff: boolean;
}

interface Account {
  readonly reason: 'finished' | 'asked';
  readonly logicalSeconds: number;
}

/**
 * How long a run lasted, so that it can be played again: as it was meant to, as long as it had
 * played when it was stopped, or up to the last moment that was journaled when it was cut off.
 */
export function extentOf(run: RunArchive): Extent {
  const { durationSeconds, sampleRate } = run.record;
  const account = accountIn(run.folder);
  if (account?.reason === 'asked') return { seconds: account.logicalSeconds, cutOff: false };
  if (account !== undefined) return { seconds: durationSeconds, cutOff: false };
  return { seconds: lastTimeOf(run) / sampleRate, cutOff: true };
}

/**
 * Where a replay begins, in samples: at the run's own beginning, which for a fork is in the midst
 * of another, or later where that is asked for. A UserError for a moment behind its end, and for a
 * run that played only some of its agents.
 */
export function entryOf(run: RunArchive, fromSeconds: number | undefined): Samples {
  requireWhole(run);
  const { sampleRate } = run.record;
  const at = Math.max(beganAt(run), toSamples(fromSeconds ?? 0, sampleRate));
  const { seconds } = extentOf(run);
  if (seconds === undefined || at === 0 || at < toSamples(seconds, sampleRate)) return at;
  throw new UserError({
    what: `there is nothing to play after ${fromSeconds} s`,
    where: run.folder,
  });
}

/** Refuses a run that played only some of its agents: a UserError. */
export function requireWhole({ record: { only }, folder }: RunArchive): void {
  if (only === undefined) return;
  throw new UserError({
    what: `only ${only.join(', ')} played here, with others on other machines`,
    where: folder,
    allowed: 'a run of a whole swarm',
  });
}

/** The logical time at which a run's own journal and sound begin, in samples. */
export function beganAt({ record: { origin } }: Pick<RunArchive, 'record'>): Samples {
  return origin?.at ?? 0;
}

/** The shorter of two extents in seconds, and the same in samples. */
export function shorter(
  extent: Extent,
  untilSeconds: number | undefined,
  sampleRate: number,
): { readonly seconds: number | undefined; readonly until: Samples } {
  const all = [extent.seconds, untilSeconds].filter((one) => one !== undefined);
  if (all.length === 0) return { seconds: undefined, until: Number.POSITIVE_INFINITY };
  const seconds = Math.min(...all);
  return { seconds, until: toSamples(seconds, sampleRate) };
}

/** How a run ended; undefined for one that was cut off, or still plays. */
export function reasonOf({ folder }: RunArchive): Account['reason'] | undefined {
  return accountIn(folder)?.reason;
}

function accountIn(folder: string): Account | undefined {
  const file = join(folder, 'summary.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Account) : undefined;
}

/** The latest logical time in a run's own journal, in samples; that of its beginning if none. */
export function lastTimeOf(run: RunArchive): Samples {
  let last = beganAt(run);
  for (const { time } of run.ownRecords()) last = Math.max(last, time);
  return last;
}
