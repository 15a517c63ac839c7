import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../core/index.js';
import type { JournalRecord } from './journal.js';

/**
 * Reads a journal's records in order. A torn last line, left by a power cut, is passed over; any
 * other is a UserError.
 */
export function* readJournal(folder: string): Generator<JournalRecord> {
  const segments = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  for (const [index, segment] of segments.entries()) {
    const file = join(folder, segment);
    yield* readSegment(file, index === segments.length - 1);
  }
}

function* readSegment(file: string, last: boolean): Generator<JournalRecord> {
  const lines = readFileSync(file, 'utf8').split('\n');
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
