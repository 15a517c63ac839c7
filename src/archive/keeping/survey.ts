import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type RunRecord, readRunRecord } from '../run-record.js';
import { readPins } from './lists.js';
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

/** Every run of an archive's folder, forks before the runs they entered; what is no run is not. */
export function surveyRuns(
  archive: string,
  nowMs: number,
  policyOf: (record: RunRecord) => ArchivePolicy | undefined,
): readonly RunFacts[] {
  const found = foldersOf(archive)
    .filter((folder) => existsSync(join(folder, 'run.json')))
    .map((folder) => factsOf(folder, nowMs, policyOf));
  const byFolder = new Map(found.map((facts) => [facts.folder, facts]));
  const depth = (facts: RunFacts, chain = 0): number => {
    const base = facts.base === undefined ? undefined : byFolder.get(facts.base);
    return base === undefined || chain > found.length ? 0 : 1 + depth(base, chain + 1);
  };
  return found.sort((a, b) => depth(b) - depth(a) || (a.folder < b.folder ? -1 : 1));
}

/** The facts of one run. */
export function factsOf(
  folder: string,
  nowMs: number,
  policyOf: (record: RunRecord) => ArchivePolicy | undefined,
): RunFacts {
  const record = readRunRecord(folder);
  const { origin } = record;
  return {
    folder,
    record,
    policy: policyOf(record),
    playing: isPlaying(folder, nowMs),
    pinned: readPins(folder).length > 0,
    sinceEndSeconds: Math.max(0, (nowMs - endedMs(folder, record)) / 1000),
    base: origin?.how === 'fork' ? resolve(folder, origin.folder) : undefined,
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

function foldersOf(archive: string): readonly string[] {
  const root = resolve(archive);
  if (!existsSync(root)) return [];
  // The folder of a single run stands for the archive it lies in, and only for itself.
  if (existsSync(join(root, 'run.json'))) return [root];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(root, entry.name));
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
