import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The line of `thinned.jsonl` that says of a blob that it is not kept. */
export function thinnedLine(hash: string): string {
  return `\n{"hash":"${hash}"}\n`;
}

/**
 * The hashes of blobs that are not kept, by policy or for want of room: `thinned.jsonl` of a run's
 * folder, where a line that was cut short counts for nothing.
 */
export function thinnedHashes(folder: string): Set<string> {
  const hashes = textOf(join(folder, 'thinned.jsonl')).matchAll(/^\{"hash":"([0-9a-f]{64})"/gm);
  return new Set([...hashes].map(([, hash]) => hash as string));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
