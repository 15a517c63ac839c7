import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { type RunRecord, hashOf, readRunRecord } from '../archive/index.js';
import { textOf } from '../scenarios/index.js';

/** The run of a scenario that is gone on with when nobody says which. */
export interface LatestRun {
  readonly folder: string;
  readonly record: RunRecord;
  /** How many resumed runs in a row, this one the last, were cut off before any checkpoint. */
  readonly vain: number;
}

/**
 * The latest run of a scenario among those of a folder, made from the very files that are there
 * now; forks, replays and parts of a swarm do not count. What another run goes on with is not the
 * latest, whatever the clock of the wall said then. Folders without a sound run.json are passed
 * over.
 */
export function latestRun(home: string, scenario: string): LatestRun | undefined {
  const runs = runsIn(home).filter(({ record }) => goesOn(record, realpathSync(scenario)));
  const gone = new Set(runs.map(({ record }) => beforeIt(record)));
  const [latest] = runs
    .filter(({ record }) => !gone.has(record.run))
    .sort((a, b) => b.record.startedAt.localeCompare(a.record.startedAt));
  return latest && { ...latest, vain: vainOf(latest.record, runs) };
}

type Found = Omit<LatestRun, 'vain'>;

function runsIn(home: string): Found[] {
  if (!existsSync(home)) return [];
  return readdirSync(home).flatMap((name) => {
    const folder = join(home, name);
    try {
      return [{ folder, record: readRunRecord(folder) }];
    } catch {
      return [];
    }
  });
}

function goesOn({ origin, only, project }: RunRecord, scenario: string): boolean {
  if ((origin !== undefined && origin.how !== 'resume') || only !== undefined) return false;
  if (project === undefined || join(project.root, project.scenario) !== scenario) return false;
  return project.files.every(({ path, hash }) => isAsItWas(join(project.root, path), hash));
}

function isAsItWas(path: string, hash: string): boolean {
  return existsSync(path) && hashOf(textOf(path)) === hash;
}

/** The run that one goes on with. */
function beforeIt({ origin }: RunRecord): string | undefined {
  return origin?.after ?? origin?.run;
}

/** One whose successor entered an older run had kept no checkpoint itself. */
function vainOf(record: RunRecord, runs: readonly Found[]): number {
  const after = record.origin?.after;
  const before = runs.find((one) => one.record.run === after)?.record;
  return before === undefined ? 0 : 1 + vainOf(before, runs);
}
