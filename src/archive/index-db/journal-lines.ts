import type { JournalRecord } from '../journal.js';
import { type JournalPlace, journalLines } from '../read-journal.js';

/** Where a line stands: the segment's name uncompressed, and bytes of its text. */
export interface LinePlace {
  readonly segment: string;
  readonly offset: number;
  /** Without its newline. */
  readonly length: number;
}

/** A record with its place. */
export interface PlacedRecord {
  readonly record: JournalRecord;
  readonly place: LinePlace;
}

const CHAINED = /^[0-9a-f]{32} /;

/** The records of a journal's folder from a place on; verified, where they are chained. */
export function* recordsFrom(folder: string, from?: JournalPlace): Generator<PlacedRecord> {
  for (const { record, segment, offset, length } of journalLines(folder, from)) {
    yield { record, place: { segment, offset, length: length - 1 } };
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
