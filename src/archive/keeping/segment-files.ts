import { existsSync, readFileSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { UserError, messageOf } from '../../core/index.js';
import type { Deeds } from './deeds.js';

/** A journal's segments in order, as paths; of one that lies there twice, the plain one. */
export function journalSegments(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /\.jsonl(\.gz)?$/.test(name));
  const there = new Set(names);
  return names
    .filter((name) => !name.endsWith('.gz') || !there.has(name.slice(0, -'.gz'.length)))
    .sort()
    .map((name) => join(folder, name));
}

/** The text of a segment, packed or not. */
export function segmentText(file: string): string {
  const bytes = readFileSync(file);
  if (!file.endsWith('.gz')) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch (cause) {
    throw new UserError({
      what: `this part of the journal is damaged: ${messageOf(cause)}`,
      where: file,
      hint: 'restore the file from a copy',
      cause,
    });
  }
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
