import { appendFileSync, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type RunRecord, readRunRecord } from '../run-record.js';
import { linesOf, readPins } from './lists.js';
import { isPlaying, lastWrittenMs } from './playing.js';
import type { ArchivePolicy } from './policy.js';

/** What is known of a run before its journal is read. */
export interface RunFacts {
  readonly folder: string;
  readonly record: RunRecord;
  /** Undefined for a run whose scenario has no `archive:`; nothing of it ever goes. */
  readonly policy: ArchivePolicy | undefined;
  readonly playing: boolean;
  readonly pinned: boolean;
  /** How long ago its last record was written. */
  readonly sinceEndSeconds: number;
  /** The folder of the run it entered, for a fork. */
  readonly base: string | undefined;
  readonly bytes: number;
}

type PolicyOf = (record: RunRecord) => ArchivePolicy | undefined;

/**
 * Every run of an archive's folder, forks before the runs they entered; what is no run is not.
 * Forks that lie elsewhere come along, without a policy, because of what they need.
 */
export function surveyRuns(archive: string, nowMs: number, policyOf: PolicyOf): RunFacts[] {
  const root = resolve(archive);
  const inside = (folder: string): boolean => folder === root || dirname(folder) === root;
  const found = new Map<string, RunFacts>();
  const waiting = runsIn(existsSync(join(root, 'run.json')) ? dirname(root) : root);
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (found.has(folder)) continue;
    const facts = factsOf(folder, nowMs, inside(folder) ? policyOf : () => undefined);
    found.set(folder, facts);
    waiting.push(...readForks(folder));
  }
  const depth = (facts: RunFacts, chain = 0): number => {
    const base = facts.base === undefined ? undefined : found.get(facts.base);
    return base === undefined || chain > found.size ? 0 : 1 + depth(base, chain + 1);
  };
  const sorted = [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
  return sorted.sort((a, b) => depth(b) - depth(a));
}

/**
 * Notes in a run's `forks.jsonl` that another entered it, which matters when that one lies in
 * another archive: what a fork needs is never thinned.
 */
export function noteFork(base: string, fork: string): void {
  const line = JSON.stringify({ folder: relative(base, fork) });
  appendFileSync(join(base, FORKS), `${line}\n`);
}

const FORKS = 'forks.jsonl';

function readForks(run: string): readonly string[] {
  return linesOf<{ folder: string }>(join(run, FORKS))
    .map(({ folder }) => resolve(run, folder))
    .filter((folder) => existsSync(join(folder, 'run.json')));
}

/** The facts of one run. */
export function factsOf(folder: string, nowMs: number, policyOf: PolicyOf): RunFacts {
  const record = readRunRecord(folder);
  const { origin } = record;
  const playing = isPlaying(folder, nowMs);
  const sinceEnd = (nowMs - endedMs(folder, record)) / 1000;
  return {
    folder,
    record,
    policy: policyOf(record),
    playing,
    pinned: readPins(folder).length > 0,
    // While it plays, its own time tells its ages: a clock that was set wrong takes nothing away.
    sinceEndSeconds: playing ? 0 : Math.max(0, sinceEnd),
    base:
      origin !== undefined && origin.how !== 'replay' ? resolve(folder, origin.folder) : undefined,
    bytes: bytesOf(folder),
  };
}

/** All bytes of the files below a folder, or of a file. */
export function bytesOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

function runsIn(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(root, entry.name))
    .filter((folder) => existsSync(join(folder, 'run.json')));
}

/** Its summary tells how long it played; without one, the journal's last write does. */
function endedMs(folder: string, record: RunRecord): number {
  const file = join(folder, 'summary.json');
  if (existsSync(file)) {
    const { wallSeconds } = JSON.parse(readFileSync(file, 'utf8')) as { wallSeconds?: number };
    if (wallSeconds !== undefined) return Date.parse(record.startedAt) + wallSeconds * 1000;
  }
  return lastWrittenMs(folder) || Date.parse(record.startedAt);
}

/** The archive that a run's folder lies in. */
export function archiveOf(run: string): string {
  return dirname(resolve(run));
}
