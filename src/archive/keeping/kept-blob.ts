import { readFile } from 'node:fs/promises';
import { UserError } from '../../core/index.js';
import { blobFile, readBlob } from '../blobs.js';
import { hashOf } from '../canonical.js';
import { decodeFlac } from './flac.js';
import { readThinned } from './lists.js';

/** What stands behind a hash, as it was kept. */
export interface KeptBlob {
  readonly bytes: Uint8Array;
  /** Whether these are the very numbers; false for sound that kept 24 bits of them. */
  readonly exact: boolean;
}

/** Where the FLAC of a blob lies. */
export function flacFile(blobs: string, hash: string): string {
  return blobFile(blobs, hash).replace(/\.f32$/, '.flac');
}

/** A blob of a folder as floats or from its FLAC; undefined when neither is here. */
export async function readKept(blobs: string, hash: string): Promise<KeptBlob | undefined> {
  const plain = await readBlob(blobs, hash);
  if (plain !== undefined) return { bytes: plain, exact: true };
  const packed = await readFile(flacFile(blobs, hash)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (packed === undefined) return undefined;
  const bytes = await decodeFlac(packed);
  return { bytes, exact: hashOf(bytes) === hash };
}

/** What to say of a blob that is not in a run: that it was thinned, and how to have it again. */
export function missingBlob(run: string, hash: string, exact: boolean): UserError {
  const thinned = readThinned(run).get(hash);
  const short = `${hash.slice(0, 12)}…`;
  if (thinned === undefined) return new UserError({ what: `no blob ${short}`, where: run });
  const { why, at } = thinned;
  return new UserError({
    what:
      at === undefined
        ? `blob ${short} was not kept: the run had reached its archiveBytes`
        : `blob ${short} was thinned on ${at.slice(0, 10)} (${why})`,
    where: run,
    hint: exact
      ? `the run is exact: demiurge replay ${run} makes it again`
      : 'the run is not exact: nothing makes the same again',
  });
}
