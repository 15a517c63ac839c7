import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { blobFile, blobHashes, readBlob } from '../blobs.js';
import type { JournalRecord } from '../journal.js';
import { foldersOf, openRun } from '../open-run.js';
import type { JournalPlace } from '../read-journal.js';
import { segmentFiles } from '../segment-lines.js';
import { checkpointFile } from '../state/checkpoint-file.js';
import { thinnedHashes } from '../thinned.js';
import { ChainCheck } from '../verification/chain-check.js';
import { cutFrom } from './cut-tail.js';

/**
 * Cuts a journal off at the first line since the last sync whose blob or checkpoint is missing or
 * damaged. Without a sync there is no telling what is new: then only those lines at the very end
 * that name nothing that is there. Returns how many lines were cut.
 */
export async function cutUnkept(folder: string): Promise<number> {
  const journal = join(folder, 'journal');
  const mark = markOf(folder);
  const from = mark ?? { segment: segmentFiles(journal).at(-1)?.name ?? '', offset: 0 };
  const keeps = await keeperOf(folder, mark !== undefined);
  let first: JournalPlace | undefined;
  let cut = 0;
  for (const { place, record } of recordsFrom(journal, from)) {
    if (first !== undefined) cut++;
    if (first !== undefined && mark !== undefined) continue;
    const kept = await keeps(record);
    if (kept === false && first === undefined) [first, cut] = [place, 1];
    if (kept === true) [first, cut] = [undefined, 0];
  }
  if (first !== undefined) cutFrom(journal, first);
  return cut;
}

/** The records from a place on, each with where it begins; damaged lines are passed over. */
function* recordsFrom(
  journal: string,
  from: JournalPlace,
): Generator<{ place: JournalPlace; record: JournalRecord }> {
  for (const segment of segmentFiles(journal).filter(({ name }) => name >= from.segment)) {
    let offset = 0;
    for (const { record, end } of new ChainCheck(() => true).segment(segment, true)) {
      const isNew = segment.name > from.segment || offset >= from.offset;
      if (record !== undefined && isNew) yield { place: { segment: segment.name, offset }, record };
      offset = end;
    }
  }
}

/** How far the journal was synced; undefined when it never was. */
function markOf(folder: string): JournalPlace | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'synced.json'), 'utf8')) as JournalPlace;
  } catch {
    return undefined;
  }
}

type Keeper = (record: JournalRecord) => Promise<boolean | undefined>;

/** Tells whether what a record names is there; undefined when it names nothing. */
async function keeperOf(folder: string, reading: boolean): Promise<Keeper> {
  const thinned = thinnedHashes(folder);
  const folders = foldersOf(openRun(folder));
  const there = await hashesOf(folders);
  return async (record) => {
    if (record.type === 'checkpoint') {
      return folders.some((one) => existsSync(checkpointFile(one, record.time)));
    }
    if (record.type !== 'said' || record.hash === undefined) return undefined;
    if (thinned.has(record.hash)) return undefined;
    return there.has(record.hash) && (!reading || isSound(folder, record.hash));
  };
}

async function hashesOf(folders: readonly string[]): Promise<Set<string>> {
  const sets = await Promise.all(folders.map((folder) => blobHashes(join(folder, 'blobs'))));
  return new Set(sets.flatMap((set) => [...set]));
}

/** A blob that a power cut spoilt is taken away, so that an equal one may come again. */
async function isSound(folder: string, hash: string): Promise<boolean> {
  const blobs = join(folder, 'blobs');
  // What is only in the run that this one entered is none of its own.
  try {
    await readBlob(blobs, hash);
    return true;
  } catch {
    rmSync(blobFile(blobs, hash), { force: true });
    return false;
  }
}
