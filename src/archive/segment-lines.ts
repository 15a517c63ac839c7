import { closeSync, openSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Gunzip } from 'fflate';
import { lineEnd } from './chain.js';

/** A segment on disk. */
export interface SegmentFile {
  /** `000001.jsonl`, compressed or not. */
  readonly name: string;
  readonly path: string;
}

/** A line of a segment as it stands there. */
export interface RawLine {
  /** Without its newline. */
  readonly bytes: Buffer;
  /** Where it begins, in bytes of the uncompressed text. */
  readonly offset: number;
  /** Whether its newline is there: the last line of a killed writer may lack it. */
  readonly whole: boolean;
}

const BLOCK_BYTES = 65_536;

/** The segments of a journal in order; one that is there in both forms counts as plain. */
export function segmentFiles(folder: string): SegmentFile[] {
  const names = readdirSync(folder).filter((name) => /^\d+\.jsonl(\.gz)?$/.test(name));
  const plain = names.filter((name) => name.endsWith('.jsonl'));
  const packed = names.filter((n) => n.endsWith('.gz') && !plain.includes(n.slice(0, -3)));
  return [...plain, ...packed]
    .map((name) => ({ name: name.replace(/\.gz$/, ''), path: join(folder, name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The lines of a segment from an offset on, read in blocks; compressed ones are unpacked. */
export function* segmentLines(path: string, from = 0): Generator<RawLine> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = from;
  for (const block of path.endsWith('.gz') ? skipped(unpacked(path), from) : blocks(path, from)) {
    const text = rest.length === 0 ? block : Buffer.concat([rest, block]);
    let start = 0;
    for (let end = lineEnd(text, 0); end !== -1; end = lineEnd(text, start)) {
      yield { bytes: text.subarray(start, end), offset: offset + start, whole: true };
      start = end + 1;
    }
    rest = text.subarray(start);
    offset += start;
  }
  if (rest.length > 0) yield { bytes: rest, offset, whole: false };
}

/** A block is not used again: lines may point into it. */
function* blocks(path: string, from: number): Generator<Buffer> {
  const descriptor = openSync(path, 'r');
  try {
    for (let position = from; ; ) {
      const block = Buffer.allocUnsafe(BLOCK_BYTES);
      const got = readSync(descriptor, block, 0, BLOCK_BYTES, position);
      if (got === 0) return;
      position += got;
      yield block.subarray(0, got);
    }
  } finally {
    closeSync(descriptor);
  }
}

function* unpacked(path: string): Generator<Buffer> {
  let ready: Buffer[] = [];
  const gunzip = new Gunzip((chunk) => void ready.push(Buffer.from(chunk)));
  for (const block of blocks(path, 0)) {
    gunzip.push(block);
    yield* ready;
    ready = [];
  }
  gunzip.push(new Uint8Array(), true);
  yield* ready;
}

function* skipped(chunks: Iterable<Buffer>, bytes: number): Generator<Buffer> {
  let left = bytes;
  for (const chunk of chunks) {
    const skip = Math.min(left, chunk.length);
    left -= skip;
    if (skip < chunk.length) yield chunk.subarray(skip);
  }
}
