import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { segmentFiles } from '../segment-lines.js';
import type { Deeds } from './deeds.js';

/** A journal's segments in order, as paths; none where there is no journal. */
export function journalSegments(folder: string): readonly string[] {
  return existsSync(folder) ? segmentFiles(folder).map(({ path }) => path) : [];
}

/**
 * Packs a sealed segment as `.jsonl.gz`, its text untouched: the packed one stands whole before
 * the plain one goes. Returns the bytes that this freed.
 */
export function packSegment(file: string, deeds: Deeds): number {
  const { size, atime, mtime } = statSync(file);
  const packed = gzipSync(readFileSync(file), { level: 9 });
  deeds.writeWhole(`${file}.gz`, packed);
  // The time of the last record is the file's, where no summary says it.
  utimesSync(`${file}.gz`, atime, mtime);
  deeds.remove(file);
  return size - packed.length;
}
