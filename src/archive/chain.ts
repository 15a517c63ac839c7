import { createHash } from 'node:crypto';

/** The chain of a journal that says nothing yet. */
export const EMPTY_CHAIN = 'e3b0c44298fc1c149afbf4c8996fb924';

/** Bytes between the start of a line and its JSON: the chain and a space. */
export const CHAIN_CHARS = 33;

const NEWLINE = 0x0a;
const LINE = /^[0-9a-f]{32} \{/;

/** The chain after one more record: half of SHA-256 over the chain before it and its JSON. */
export function nextChain(chain: string, json: string | Uint8Array): string {
  return createHash('sha256').update(chain).update(json).digest('hex').slice(0, 32);
}

/** The file name of a segment, counted from 1. */
export function segmentName(number: number): string {
  return `${String(number).padStart(6, '0')}.jsonl`;
}

/** The first line of a segment: which one it is, and the chain that it goes on from. */
export function segmentHeader(number: number, after: string): string {
  return `{"type":"segment","version":2,"number":${number},"after":"${after}"}`;
}

/** The chain that a segment says it goes on from; undefined for a line that is no such header. */
export function headerAfter(line: Uint8Array): string | undefined {
  const text = Buffer.from(line).toString('latin1');
  return /^\{"type":"segment","version":2,"number":\d+,"after":"([0-9a-f]{32})"\}$/.exec(text)?.[1];
}

/** What a line of format 2 holds: its chain and the bytes of its JSON; undefined for no such. */
export function chainedLine(line: Buffer): { chain: string; json: Buffer } | undefined {
  const head = line.toString('latin1', 0, CHAIN_CHARS + 1);
  if (!LINE.test(head)) return undefined;
  return { chain: head.slice(0, 32), json: line.subarray(CHAIN_CHARS) };
}

/** Where the next line of a block ends, or −1. */
export function lineEnd(block: Buffer, from: number): number {
  return block.indexOf(NEWLINE, from);
}
