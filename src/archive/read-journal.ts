import { UserError } from '../core/index.js';
import { EMPTY_CHAIN, chainedLine, headerAfter, nextChain } from './chain.js';
import type { JournalRecord } from './journal.js';
import { type RawLine, type SegmentFile, segmentFiles, segmentLines } from './segment-lines.js';

/** A record and where it stands: what comes next begins at `offset + length` of its segment. */
export interface JournalLine {
  readonly record: JournalRecord;
  /** The name of the segment uncompressed, such as `000001.jsonl`. */
  readonly segment: string;
  /** Bytes of the uncompressed text before the line. */
  readonly offset: number;
  /** Bytes of the line with its newline. */
  readonly length: number;
  /** The journal's chain at this record; absent in format 1. */
  readonly chain?: string;
}

/**
 * A place to go on reading from; with the chain of the record before it, the first line read is
 * verified too.
 */
export interface JournalPlace {
  readonly segment: string;
  readonly offset: number;
  readonly chain?: string;
}

/**
 * Reads a journal's records in order, of format 1 or 2. A torn last line, left by a kill or still
 * being written, is passed over; any other damage is a UserError.
 */
export function* readJournal(folder: string): Generator<JournalRecord> {
  for (const { record } of journalLines(folder)) yield record;
}

/**
 * Reads a journal's records with their places, in blocks, from the beginning or from where it was
 * read to before. Every record of format 2 is verified against the chain. UserErrors as in
 * `readJournal`.
 */
export function* journalLines(folder: string, from?: JournalPlace): Generator<JournalLine> {
  const segments = segmentFiles(folder).filter(({ name }) => !from || name >= from.segment);
  let chain = from?.offset === 0 ? undefined : from?.chain;
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    const offset = segment.name === from?.segment ? from.offset : 0;
    for (const line of readSegment(segment, { offset, chain, last })) {
      chain = line.chain;
      yield line;
    }
  }
}

interface Start {
  readonly offset: number;
  readonly chain: string | undefined;
  readonly last: boolean;
}

function* readSegment(file: SegmentFile, start: Start): Generator<JournalLine> {
  const { path, name: segment } = file;
  const linked = isLinked(path);
  let { chain } = start;
  for (const raw of segmentLines(path, start.offset)) {
    if (!raw.whole && start.last) return;
    const { bytes, offset } = raw;
    const length = bytes.length + 1;
    if (linked && offset === 0) {
      const after = headerAfter(bytes);
      if (after === undefined || (chain ?? after) !== after) damaged(path, raw);
      chain = after;
    } else if (linked) {
      const { record, chain: next } = linkedRecord(bytes, chain) ?? damaged(path, raw);
      chain = next;
      yield { record, segment, offset, length, chain };
    } else if (bytes.length > 0) {
      const record = parse(bytes.toString()) ?? damaged(path, raw);
      yield { record, segment, offset, length };
    }
  }
}

/** Whether a segment is of format 2, by its first bytes. */
function isLinked(path: string): boolean {
  for (const { bytes } of segmentLines(path)) {
    return bytes.toString('latin1').startsWith('{"type":"segment"');
  }
  return false;
}

function linkedRecord(
  line: Buffer,
  before: string | undefined,
): { record: JournalRecord; chain: string } | undefined {
  const parts = chainedLine(line);
  if (parts === undefined) return undefined;
  const { chain, json } = parts;
  if (before !== undefined && nextChain(before, json) !== chain) return undefined;
  const record = parse(json.toString());
  return record === undefined ? undefined : { record, chain };
}

function damaged(path: string, { offset, whole }: RawLine): never {
  throw new UserError({
    what: whole ? 'this line of the journal is damaged' : 'this line of the journal is cut off',
    where: `${path}:${lineNumber(path, offset)}`,
    allowed: 'one record, and the chain that verifies it',
    hint: 'demiurge archive verify; or restore the file from a copy',
  });
}

function lineNumber(path: string, offset: number): number {
  let number = 1;
  for (const line of segmentLines(path)) {
    if (line.offset >= offset) break;
    number++;
  }
  return number;
}

function parse(json: string): JournalRecord | undefined {
  try {
    return JSON.parse(json) as JournalRecord;
  } catch {
    return undefined;
  }
}

/**
 * The chain of a journal before everything that happened at logical time `time` or later, for a
 * fork that enters there; undefined in format 1.
 */
export function chainBefore(lines: Iterable<JournalLine>, time: number): string | undefined {
  let chain: string | undefined = EMPTY_CHAIN;
  for (const line of lines) {
    // What happened to the swarm is noted at once, out of the order of time.
    if (line.record.type !== 'happened' && line.record.time >= time) break;
    chain = line.chain;
  }
  return chain;
}
