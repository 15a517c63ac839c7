import type { Going, Item } from './thinning-plan.js';

/** A run as the budget sees it. */
export interface BudgetRun {
  readonly folder: string;
  readonly bytes: number;
  /** What of it may go by itself. */
  readonly items: readonly Item[];
  /** Nothing younger goes. */
  readonly guardSeconds: number;
  /** Why the run cannot go as a whole; undefined when it can. */
  readonly held: string | undefined;
  /** How long ago it ended. */
  readonly sinceEndSeconds: number;
}

/** What goes so that all fits. */
export interface BudgetPlan {
  readonly thinned: ReadonlyMap<string, readonly Going[]>;
  /** Runs that go as a whole, the oldest first. */
  readonly runs: readonly string[];
  /** Bytes that are still too many. */
  readonly over: number;
}

const WHY = 'max: the oldest goes first';

/**
 * What goes when all runs together hold too many bytes: first what is in no take, the oldest first;
 * then the takes; then whole runs. What stays is closed each time, because things go by the age of
 * their youngest descendant, all of one age together.
 */
export function budgetPlan(runs: readonly BudgetRun[], maxBytes: number): BudgetPlan {
  let over = runs.reduce((sum, run) => sum + run.bytes, 0) - maxBytes;
  const thinned = new Map<string, Going[]>();
  for (const inTakes of [false, true]) {
    for (const group of oldestFirst(runs, inTakes)) {
      if (over <= 0) break;
      for (const [run, item] of group) {
        over -= item.bytes;
        thinned.set(run, [...(thinned.get(run) ?? []), { item, why: WHY }]);
      }
    }
  }
  const gone: string[] = [];
  const whole = runs.filter(({ held }) => held === undefined);
  for (const run of whole.toSorted((a, b) => b.sinceEndSeconds - a.sinceEndSeconds)) {
    if (over <= 0) break;
    over -= run.bytes - bytesIn(thinned.get(run.folder));
    thinned.delete(run.folder);
    gone.push(run.folder);
  }
  return { thinned, runs: gone, over: Math.max(0, over) };
}

type Placed = readonly [run: string, item: Item];

/** What may go, in takes or not, in groups of one run and one age, the oldest first. */
function oldestFirst(runs: readonly BudgetRun[], inTakes: boolean): readonly (readonly Placed[])[] {
  const groups = new Map<string, { age: number; placed: Placed[] }>();
  for (const { folder, items, guardSeconds } of runs) {
    for (const item of items) {
      const tooYoung = item.youngest < guardSeconds;
      if (inTakes !== item.take < Infinity || item.pinned || tooYoung) continue;
      const key = `${item.youngest} ${folder}`;
      const group = groups.get(key) ?? { age: item.youngest, placed: [] };
      group.placed.push([folder, item]);
      groups.set(key, group);
    }
  }
  const sorted = [...groups.values()].sort((a, b) => b.age - a.age);
  return sorted.map(({ placed }) => placed);
}

function bytesIn(going: readonly Going[] = []): number {
  return going.reduce((sum, { item }) => sum + item.bytes, 0);
}
