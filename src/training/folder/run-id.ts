import { createHash } from 'node:crypto';

/** A run id that follows from anything that can be written as JSON: same content, same id. */
export function idFrom(content: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return BigInt(`0x${hash.slice(0, 16)}`)
    .toString(36)
    .padStart(8, '0')
    .slice(-8);
}

/** The id under which a version of a run is kept. */
export function versionId(id: string, version: string): string {
  return idFrom([id, version]);
}
