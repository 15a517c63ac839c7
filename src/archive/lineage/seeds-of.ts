import type { RunArchive } from '../open-run.js';

/** A seed and the logical time from which chance came from it. */
export interface SeedSpan {
  readonly seed: number;
  readonly from: number;
}

/** The seeds of a run in the order of time: a fork's past had that of the run it entered. */
export function seedsOf(run: RunArchive): readonly SeedSpan[] {
  const { record, base } = run;
  if (base === undefined) return [{ seed: record.seed, from: 0 }];
  const from = record.origin?.at ?? 0;
  const before = seedsOf(base).filter((span) => span.from < from);
  const same = before.at(-1)?.seed === record.seed;
  return same ? before : [...before, { seed: record.seed, from }];
}
