import { join } from 'node:path';
import { messageOf } from '../../core/index.js';
import { blobFile, blobHashes } from '../blobs.js';
import { readKept } from '../keeping/kept-blob.js';
import { type RunArchive, foldersOf } from '../open-run.js';
import { thinnedHashes } from '../thinned.js';
import type { Finding } from './finding.js';

/** Which blobs are verified: all, that all are there and some are sound, or none. */
export type BlobDepth = 'all' | 'sample' | 'none';

/** Blobs that a sample reads. */
const SAMPLE = 256;

/**
 * Verifies blobs by the lines that name them first. What was thinned away, here or in the run that
 * this one entered, is no fault.
 */
export async function* checkBlobs(
  run: RunArchive,
  named: ReadonlyMap<string, string>,
  depth: BlobDepth,
): AsyncGenerator<Finding> {
  if (depth === 'none') return;
  const folders = foldersOf(run);
  const there = await Promise.all(folders.map((folder) => blobHashes(join(folder, 'blobs'))));
  const thinned = folders.map(thinnedHashes);
  const stride = depth === 'all' ? 1 : Math.max(1, Math.ceil(named.size / SAMPLE));
  let index = 0;
  for (const [hash, where] of named) {
    const home = folders.find((_, i) => there[i]?.has(hash));
    const says = home === undefined ? missing(hash) : undefined;
    const damage = home !== undefined && index++ % stride === 0 && (await damageOf(home, hash));
    if (says !== undefined && !thinned.some((set) => set.has(hash))) {
      yield { kind: 'blob', where, says };
    }
    if (home !== undefined && damage) {
      yield { kind: 'blob', where: blobFile(join(home, 'blobs'), hash), says: damage };
    }
  }
}

function missing(hash: string): string {
  return `the blob it names is missing: ${hash.slice(0, 12)}…`;
}

async function damageOf(folder: string, hash: string): Promise<string | undefined> {
  try {
    await readKept(join(folder, 'blobs'), hash);
    return undefined;
  } catch (error) {
    return messageOf(error).replace(/^.*?: /, '');
  }
}
