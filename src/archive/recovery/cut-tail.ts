import { rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { segmentHeader } from '../chain.js';
import { type SegmentFile, segmentFiles } from '../segment-lines.js';
import { ChainCheck } from '../verification/chain-check.js';

/**
 * Cuts off what comes after the last sound line of a journal; a segment without any is taken
 * away. Damage with sound lines after it is left for `verifyRun` to name. Returns the bytes cut.
 */
export function cutTornTail(folder: string): number {
  const last = segmentFiles(folder).at(-1);
  if (last === undefined || last.path.endsWith('.gz')) return 0;
  const { size } = statSync(last.path);
  const end = soundEnd(last);
  if (end > 0) {
    if (end < size) truncateSync(last.path, end);
    return size - end;
  }
  rmSync(last.path);
  return size + cutTornTail(folder);
}

/** Where the last sound record of a segment ends; 0 when there is none. */
function soundEnd(segment: SegmentFile): number {
  let end = 0;
  for (const line of new ChainCheck(() => true).segment(segment, true)) {
    if (line.record !== undefined) end = line.end;
  }
  return end;
}

/** Cuts a journal off at a place: later segments, and one of which only the head is left, go. */
export function cutFrom(folder: string, place: { segment: string; offset: number }): void {
  for (const { name, path } of segmentFiles(folder)) {
    if (name > place.segment) rmSync(path);
  }
  const path = join(folder, place.segment);
  const head = segmentHeader(Number.parseInt(place.segment), '0'.repeat(32)).length + 1;
  if (place.offset > head) truncateSync(path, place.offset);
  else rmSync(path);
}
