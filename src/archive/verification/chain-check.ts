import { EMPTY_CHAIN, chainedLine, headerAfter, nextChain, segmentHeader } from '../chain.js';
import type { JournalRecord } from '../journal.js';
import { type RawLine, type SegmentFile, segmentFiles, segmentLines } from '../segment-lines.js';
import type { Finding } from './finding.js';

/** A line of a journal, its record if it can be trusted, and what is wrong with it if not. */
export interface CheckedLine {
  readonly where: string;
  readonly segment: SegmentFile;
  /** Where the next line begins, in bytes. */
  readonly end: number;
  readonly record?: JournalRecord;
  readonly chain?: string;
  readonly finding?: Finding;
}

/** How many chains may stand for a predecessor that is damaged. */
const CANDIDATES = 32;

/**
 * Walks a journal and verifies each line against the chain. A damaged line is named alone: those
 * after it are verified against whatever of its chain can still be told.
 */
export class ChainCheck {
  /** The chains that the next line may go on from; any for the first header when undefined. */
  #before: readonly string[] | undefined;
  readonly #opens: (after: string) => boolean;

  /** `opens` tells whether the journal may begin after a chain. */
  constructor(opens: (after: string) => boolean) {
    this.#opens = opens;
  }

  /** Every line of every segment in turn, headers included. */
  *lines(folder: string): Generator<CheckedLine> {
    const segments = segmentFiles(folder);
    for (const [index, segment] of segments.entries()) {
      yield* this.segment(segment, index === segments.length - 1);
    }
  }

  /** The lines of one segment. */
  *segment(segment: SegmentFile, last: boolean): Generator<CheckedLine> {
    let number = 0;
    let linked = true;
    for (const raw of segmentLines(segment.path)) {
      number++;
      const place = { segment, where: `${segment.path}:${number}`, end: endOf(raw) };
      // A first line may be damaged, so the second is asked as well what the format is.
      if (number <= 2 && linked) linked = recordOf(raw.bytes) === undefined;
      if (!raw.whole) yield { ...place, ...this.#cut(place.where, last) };
      else if (!linked) yield { ...place, ...plainLine(raw.bytes, place.where) };
      else if (number === 1) yield { ...place, ...this.#header(raw.bytes, segment, place.where) };
      else yield { ...place, ...this.#line(raw.bytes, place.where) };
    }
  }

  #cut(where: string, last: boolean): Pick<CheckedLine, 'finding'> {
    const kind = last ? 'torn' : 'chain';
    return { finding: { kind, where, says: 'this line is cut off' } };
  }

  #header(bytes: Buffer, segment: SegmentFile, where: string): Pick<CheckedLine, 'finding'> {
    const after = headerAfter(bytes);
    const expected = after !== undefined && segmentHeader(Number.parseInt(segment.name), after);
    const before = this.#before;
    const fits = after !== undefined && (before?.includes(after) ?? this.#opens(after));
    if (fits && expected === bytes.toString()) {
      this.#before = [after];
      return {};
    }
    const opening = before ?? [EMPTY_CHAIN];
    this.#before = [...remains(bytes, opening), ...opening];
    const says = 'the head of this segment is damaged, or lines before it are missing';
    return { finding: { kind: 'chain', where, says } };
  }

  #line(bytes: Buffer, where: string): Partial<CheckedLine> {
    const parts = chainedLine(bytes);
    const before = this.#before ?? [];
    if (parts !== undefined && before.some((c) => nextChain(c, parts.json) === parts.chain)) {
      this.#before = [parts.chain];
      const record = recordOf(parts.json);
      if (record !== undefined) return { record, chain: parts.chain };
    }
    this.#before = [...new Set([...remains(bytes, before), ...before])].slice(0, CANDIDATES);
    const says = 'this line is damaged, or lines before it are missing';
    return { finding: { kind: 'chain', where, says } };
  }
}

/** The chains that a damaged line may have had: as written, as its JSON makes it, or anywhere. */
function remains(bytes: Buffer, before: readonly string[]): string[] {
  const json = bytes.subarray(bytes.indexOf('{'));
  const made = before.slice(0, 4).map((chain) => nextChain(chain, json));
  const written = bytes.toString('latin1').match(/(?<![0-9a-f])[0-9a-f]{32}(?= \{|"|$)/g);
  return [...(written ?? []).slice(-4).reverse(), ...made];
}

function plainLine(bytes: Buffer, where: string): Partial<CheckedLine> {
  const record = recordOf(bytes);
  if (record !== undefined) return { record };
  return { finding: { kind: 'chain', where, says: 'this line is damaged' } };
}

const TYPES: ReadonlySet<unknown> = new Set([
  'said',
  'dropped',
  'happened',
  'control',
  'checkpoint',
]);

function recordOf(json: Buffer): JournalRecord | undefined {
  try {
    const record = JSON.parse(json.toString()) as JournalRecord;
    return TYPES.has(record.type) ? record : undefined;
  } catch {
    return undefined;
  }
}

function endOf({ bytes, offset, whole }: RawLine): number {
  return offset + bytes.length + (whole ? 1 : 0);
}
