import type { RunRecord } from '../run-record.js';

/**
 * The SHA-256 of a recording as an origin names it (from its corpus's folder), where `run.json`
 * holds one; undefined where it does not, or where two recordings are called so.
 */
export function corpusHash({ corpus = [] }: RunRecord, file: string): string | undefined {
  const hashes = corpus
    .filter(({ path }) => path === file || path.endsWith(`/${file}`))
    .map(({ hash }) => hash);
  return new Set(hashes).size === 1 ? hashes[0] : undefined;
}
