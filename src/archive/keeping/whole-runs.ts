import { spanText } from './policy.js';
import type { RunFacts } from './survey.js';

/** Why a run cannot go as a whole; undefined when it can. */
export function whyHeld(facts: RunFacts, staying: readonly RunFacts[]): string | undefined {
  if (facts.policy === undefined) return 'its scenario names no archive policy';
  if (facts.playing) return 'it still plays';
  if (facts.pinned) return 'it is pinned';
  const fork = staying.find(({ base }) => base === facts.folder);
  return fork === undefined ? undefined : `run ${fork.record.run} is a fork of it`;
}

/** The runs that are older than they are to be kept, each with the reason; never a fork's base. */
export function expiredRuns(found: readonly RunFacts[]): readonly [RunFacts, string][] {
  let expired = found.filter(({ policy, sinceEndSeconds }) => {
    return sinceEndSeconds > (policy?.keepSeconds ?? Infinity);
  });
  for (let before = -1; before !== expired.length; ) {
    before = expired.length;
    const staying = found.filter((facts) => !expired.includes(facts));
    expired = expired.filter((facts) => whyHeld(facts, staying) === undefined);
  }
  return expired.map((facts) => [facts, `older than ${spanText(facts.policy?.keepSeconds ?? 0)}`]);
}
