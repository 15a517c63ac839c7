import { UserError } from '../core/index.js';
import { type WavCodec, codecBytes } from './pcm.js';

/** Anything that bytes can be read from: `read` gives fewer where it ends. */
export interface ByteSource {
  readonly name: string;
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
}

/** Where a WAV's samples lie and what they are. */
export interface WavLayout {
  readonly codec: WavCodec;
  readonly channels: number;
  readonly sampleRate: number;
  readonly dataOffset: number;
  /** What is there, in whole frames, whatever the header says. */
  readonly dataBytes: number;
  /** What the header says. */
  readonly declaredBytes: number;
}

interface Chunk {
  readonly id: string;
  readonly start: number;
  readonly size: number;
}

/**
 * Reads the layout of a RIFF or RF64 file. A header that counts too few bytes, as a killed writer
 * leaves, or too many, as a cut file has, gives what is there. A UserError for anything else.
 */
export function wavLayout(source: ByteSource): WavLayout {
  const head = textAt(source.read(0, 12), 0) + textAt(source.read(8, 4), 0);
  if (head !== 'RIFFWAVE' && head !== 'RF64WAVE') throw broken(source, 'it is not a WAV file');
  const large = head === 'RF64WAVE' ? ds64(source) : undefined;
  let format: Omit<WavLayout, 'dataOffset' | 'dataBytes' | 'declaredBytes'> | undefined;
  for (const chunk of chunksFrom(source, 12)) {
    if (chunk.id === 'fmt ') format = readFormat(source, chunk);
    if (chunk.id !== 'data') continue;
    if (format === undefined) throw broken(source, 'its samples come before their format');
    const declaredBytes = chunk.size === 0xffffffff && large !== undefined ? large : chunk.size;
    const present = presentBytes(source, chunk.start, declaredBytes);
    const frameBytes = format.channels * codecBytes(format.codec);
    const dataBytes = present - (present % frameBytes);
    return { ...format, dataOffset: chunk.start, dataBytes, declaredBytes };
  }
  throw broken(source, 'it ends before its samples');
}

function ds64(source: ByteSource): number | undefined {
  const bytes = source.read(12, 36);
  if (bytes.length < 36 || textAt(bytes, 0) !== 'ds64') return undefined;
  return Number(viewOf(bytes).getBigUint64(16, true));
}

/** Stops at what cannot be a chunk: a gigabyte of zeros is no gigabyte of empty chunks. */
function* chunksFrom(source: ByteSource, offset: number): Generator<Chunk> {
  let at = offset;
  while (at + 8 <= source.size) {
    const head = source.read(at, 8);
    const size = viewOf(head).getUint32(4, true);
    const id = textAt(head, 0);
    yield { id, start: at + 8, size };
    if (!isChunkId(id)) return;
    at += 8 + size + (size % 2);
  }
}

function isChunkId(id: string): boolean {
  return /^[\x20-\x7e]{4}$/.test(id);
}

/** How many bytes of samples there are: unless whole chunks follow, all up to the end. */
function presentBytes(source: ByteSource, start: number, declared: number): number {
  const rest = source.size - start;
  if (declared >= rest) return rest;
  const end = start + declared + (declared % 2);
  return followedByChunks(source, end) ? declared : rest;
}

function followedByChunks(source: ByteSource, offset: number): boolean {
  let end = offset;
  for (const { id, start, size } of chunksFrom(source, offset)) {
    if (!isChunkId(id)) return false;
    end = start + size + (size % 2);
  }
  return Math.abs(end - source.size) <= 1;
}

const FORMATS: Readonly<Record<string, WavCodec>> = {
  '1/8': 'u8',
  '1/16': '16',
  '1/24': '24',
  '1/32': '32',
  '3/32': '32f',
  '3/64': '64f',
};

function readFormat(
  source: ByteSource,
  chunk: Chunk,
): { codec: WavCodec; channels: number; sampleRate: number } {
  const bytes = source.read(chunk.start, Math.min(chunk.size, 40));
  if (bytes.length < 16) throw broken(source, 'its format is cut off');
  const view = viewOf(bytes);
  const tag = view.getUint16(0, true);
  const kind = tag === 0xfffe && bytes.length >= 26 ? view.getUint16(24, true) : tag;
  const [channels, sampleRate] = [view.getUint16(2, true), view.getUint32(4, true)];
  const codec = FORMATS[`${kind}/${view.getUint16(14, true)}`];
  if (codec === undefined) {
    const what = `its samples are of format ${kind} with ${view.getUint16(14, true)} bits`;
    throw broken(source, what, 'PCM of 8, 16, 24 or 32 bits or floats of 32 or 64');
  }
  if (channels === 0 || sampleRate === 0) {
    throw broken(source, `it says ${channels} channels at ${sampleRate} Hz`);
  }
  return { codec, channels, sampleRate };
}

function broken(source: ByteSource, what: string, allowed = 'a whole RIFF or RF64 WAV'): UserError {
  return new UserError({ what, where: source.name, allowed, hint: 'export the file again' });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
