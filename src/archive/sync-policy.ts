/**
 * When what was written is forced onto the disk itself, for a power cut; the death of the engine
 * alone loses nothing that was written. `none` leaves it to the system, a number means every so
 * many seconds, `always` syncs a sound before the line that names it is written, and the journal
 * with every flush.
 */
export type SyncPolicy = 'none' | 'always' | number;

/** Unless said otherwise a power cut costs the archive at most this many seconds. */
export const SYNC_DEFAULT: SyncPolicy = 10;

/** Seconds between two syncs; Infinity for never. */
export function syncSeconds(policy: SyncPolicy): number {
  if (policy === 'none') return Number.POSITIVE_INFINITY;
  return policy === 'always' ? 0 : policy;
}
