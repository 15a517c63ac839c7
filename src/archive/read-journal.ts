import { UserError } from '../core/index.js';
import type { JournalRecord } from './journal.js';
import { journalSegments, segmentText } from './keeping/segment-files.js';

/**
 * Reads a journal's records in order. A torn last line, left by a power cut, is passed over; any
 * other is a UserError.
 */
export function* readJournal(folder: string): Generator<JournalRecord> {
  const files = journalSegments(folder);
  for (const [index, file] of files.entries()) yield* readSegment(file, index === files.length - 1);
}

/** Reads one segment, packed or not; only the last of a journal may end in a torn line. */
export function* readSegment(file: string, last: boolean): Generator<JournalRecord> {
  const lines = segmentText(file).split('\n');
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const torn = last && index === lines.length - 1;
    const record = parse(line);
    if (record !== undefined) yield record;
    else if (!torn) {
      throw new UserError({
        what: 'this line of the journal is damaged',
        where: `${file}:${index + 1}`,
        allowed: 'one JSON record',
        hint: 'restore the file from a copy; the records before it are sound',
      });
    }
  }
}

function parse(line: string): JournalRecord | undefined {
  try {
    return JSON.parse(line) as JournalRecord;
  } catch {
    return undefined;
  }
}
