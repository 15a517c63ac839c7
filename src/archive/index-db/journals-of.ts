import { join, relative } from 'node:path';
import type { RunArchive } from '../open-run.js';

/** A journal that a run's history is read from. */
export interface Source {
  /** Absolute. */
  readonly folder: string;
  /** From the run's folder, as the index names it. */
  readonly path: string;
  /** Only what is earlier counts: a fork's past ends where the fork begins. */
  readonly before: number;
}

/** The journals of a run, oldest first: those of the runs it entered, then its own. */
export function journalsOf(run: RunArchive): readonly Source[] {
  const sources: Source[] = [];
  let before = Number.POSITIVE_INFINITY;
  for (let at: RunArchive | undefined = run; at !== undefined; at = at.base) {
    const folder = join(at.folder, 'journal');
    sources.unshift({ folder, path: relative(run.folder, folder), before });
    if (at.base !== undefined) before = Math.min(before, at.record.origin?.at ?? 0);
  }
  return sources;
}
