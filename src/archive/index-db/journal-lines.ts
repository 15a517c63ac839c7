import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../core/index.js';
import type { JournalRecord } from '../journal.js';
import { SegmentReader } from './segment-reader.js';

/** Where a line stands: the segment's name, compressed or not, and bytes of its text. */
export interface LinePlace {
  readonly segment: string;
  readonly offset: number;
  readonly length: number;
}

/** A record with its place. */
export interface PlacedRecord {
  readonly record: JournalRecord;
  readonly place: LinePlace;
}

const NEWLINE = 10;
const CHAINED = /^[0-9a-f]{32} /;

/**
 * The records of a journal's folder from a place on (a segment and the byte after what was read).
 * Lines may be plain or chained, segments compressed; segment headers are passed over, and so is a
 * last line that is still being written. Any other line that is no record is a UserError.
 */
export function* recordsFrom(
  folder: string,
  from?: { readonly segment: string; readonly offset: number },
): Generator<PlacedRecord> {
  const names = readdirSync(folder).map((name) => name.replace(/\.gz$/, ''));
  const segments = [...new Set(names)]
    .filter((name) => name.endsWith('.jsonl') && (from === undefined || name >= from.segment))
    .sort();
  for (const segment of segments) {
    const start = segment === from?.segment ? from.offset : 0;
    yield* linesOf(join(folder, segment), segment, start, segment === segments.at(-1));
  }
}

function* linesOf(
  file: string,
  segment: string,
  start: number,
  last: boolean,
): Generator<PlacedRecord> {
  const bytes = new SegmentReader().read(file, start);
  let at = 0;
  while (at < bytes.length) {
    const found = bytes.indexOf(NEWLINE, at);
    if (found === -1 && last) return;
    const end = found === -1 ? bytes.length : found;
    const place = { segment, offset: start + at, length: end - at };
    const record = end === at ? undefined : parseLine(bytes.toString('utf8', at, end));
    if (record === 'damaged') throw damaged(file, place);
    if (record !== undefined) yield { record, place };
    at = end + 1;
  }
}

/** A record from a journal's line; undefined for what is none, such as a segment's header. */
export function parseLine(line: string): JournalRecord | 'damaged' | undefined {
  try {
    const record = JSON.parse(CHAINED.test(line) ? line.slice(33) : line) as JournalRecord;
    return (record.type as string) === 'segment' ? undefined : record;
  } catch {
    return 'damaged';
  }
}

function damaged(file: string, place: LinePlace): UserError {
  return new UserError({
    what: `the line at byte ${place.offset} is damaged`,
    where: file,
    allowed: 'one JSON record',
    hint: 'demiurge archive verify',
  });
}
