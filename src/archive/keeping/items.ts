import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { journalLines } from '../read-journal.js';
import type { JournalRecord } from '../journal.js';
import { type CheckpointItem, checkpointItems, rememberedIn } from './checkpoint-items.js';
import { readPins } from './lists.js';
import { journalSegments } from './segment-files.js';
import type { RunFacts } from './survey.js';
import type { Item } from './thinning-plan.js';
import { type Demand, type RunUses, UNUSED, type Use, bothUses, usesOf } from './uses.js';

/** A run's blobs and checkpoints with their uses. */
export interface RunItems {
  readonly uses: RunUses;
  readonly blobs: readonly BlobItem[];
  readonly checkpoints: readonly CheckpointItem[];
  /** Nothing younger may go: 0 for a run that has ended. */
  readonly guardSeconds: number;
}

/** A blob of a run. */
export interface BlobItem extends Item {
  /** Whether a checkpoint or a fork reads it as the very bytes it is: it may not become FLAC. */
  readonly raw: boolean;
  readonly form: unknown;
}

/** Reads a run's journal and folders; what neither journal nor checkpoints name is no item. */
export function itemsOf(facts: RunFacts, demands: readonly Demand[]): RunItems {
  const { folder, record, policy, sinceEndSeconds } = facts;
  const { sampleRate } = record;
  const [thin, pins] = [policy?.thin, readPins(folder)];
  const journal = join(folder, 'journal');
  const records = (): Iterable<JournalRecord> => newestFirst(journal);
  const remembered = facts.playing ? rememberedIn(folder) : undefined;
  const cited = remembered?.envelopes ?? [];
  const uses = usesOf({ records, sampleRate, sinceEndSeconds, thin, pins, demands, cited });
  const { nowSeconds } = uses;
  const checkpoints = checkpointItems(folder, { sampleRate, nowSeconds, thin, pins, demands });
  const states = new Map<string, Use>();
  for (const { names, youngest, take, pinned } of checkpoints) {
    const use = { youngest, take, pinned };
    for (const name of names) states.set(name, bothUses(states.get(name) ?? UNUSED, use));
  }
  const demanded = (hash: string): boolean => demands.some((fork) => fork.hashes.has(hash));
  const blobs = blobFiles(folder).flatMap(([hash, files, bytes]): readonly BlobItem[] => {
    const [said, state] = [uses.blobs.get(hash), states.get(hash)];
    if (said === undefined && state === undefined) return [];
    const use = bothUses(said ?? UNUSED, state ?? UNUSED);
    const raw = state !== undefined || demanded(hash);
    const carries = raw ? undefined : said?.carries;
    const more = { hash, files, bytes, carries, own: said?.own ?? use.youngest, form: said?.form };
    return [{ ...use, ...more, pinned: use.pinned || demanded(hash), raw }];
  });
  return { uses, blobs, checkpoints, guardSeconds: guardOf(facts, nowSeconds, remembered?.time) };
}

/** An engine may be writing of what is this young. */
export const PLAYING_SECONDS = 60;

/**
 * What agents remember is known up to their last checkpoint; what is younger is guarded, unless
 * there have been no checkpoints for so long that none will come.
 */
function guardOf({ playing, record, policy }: RunFacts, now: number, time?: number): number {
  if (!playing) return 0;
  const since = now - (time ?? 0) / record.sampleRate;
  const patience = 3 * (policy?.checkpointSeconds ?? 0);
  return Math.max(PLAYING_SECONDS, since <= patience ? since : 0);
}

/** A journal's records from the last to the first, one segment in memory at a time. */
export function* newestFirst(journal: string): Generator<JournalRecord> {
  const names = journalSegments(journal).map((file) => basename(file, '.gz'));
  for (const name of names.toReversed()) {
    const records: JournalRecord[] = [];
    for (const { record, segment } of journalLines(journal, { segment: name, offset: 0 })) {
      if (segment !== name) break;
      records.push(record);
    }
    yield* records.reverse();
  }
}

/** The blobs of a run by hash: their files, from the run's folder, and bytes. */
export function blobFiles(run: string): readonly [string, readonly string[], number][] {
  const home = join(run, 'blobs');
  if (!existsSync(home)) return [];
  const found = new Map<string, [string, readonly string[], number]>();
  for (const room of readdirSync(home)) {
    if (!/^[0-9a-f]{2}$/.test(room)) continue;
    for (const name of readdirSync(join(home, room))) {
      const hash = /^([0-9a-f]{64})\.(f32|flac)$/.exec(name)?.[1];
      if (hash === undefined) continue;
      const file = join('blobs', room, name);
      const size = statSync(join(run, file), { throwIfNoEntry: false })?.size ?? 0;
      const [, files, bytes] = found.get(hash) ?? [hash, [], 0];
      found.set(hash, [hash, [...files, file], bytes + size]);
    }
  }
  return [...found.values()];
}
