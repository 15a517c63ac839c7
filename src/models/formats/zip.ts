import { crc32, inflateRawSync } from 'node:zlib';
import { ByteReader, corrupt } from './byte-reader.js';

/** A file inside a ZIP archive. Nothing is decompressed before `read` is called. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes once decompressed. */
  readonly size: number;
  /** The content, checked against its CRC-32; throws a `UserError` when it is damaged. */
  read(): Uint8Array;
}

interface Directory {
  readonly count: number;
  readonly offset: number;
}

interface Listed {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const LISTED = 0x02014b50;
const LOCAL = 0x04034b50;
const FULL = 0xffffffff;
// Deflate cannot compress better than about 1032 to 1: a larger claim is a bomb.
const RATIO_MAX = 1100;
// Weights hardly compress: an archive that unfolds to much more than itself is a bomb too.
const UNFOLDED_FREE = 64 * 1024 * 1024;
const UNFOLDED_RATIO = 8;

/** Whether the bytes start like a ZIP archive. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/** Lists a ZIP archive (stored or deflated, ZIP64 too) by its central directory. */
export function readZip(bytes: Uint8Array, where: string): ReadonlyMap<string, ZipEntry> {
  const directory = directoryOf(bytes, where);
  const reader = new ByteReader(bytes, where, directory.offset);
  const entries = new Map<string, ZipEntry>();
  const total = { packed: 0, size: 0 };
  for (let i = 0; i < directory.count; i++) {
    const listed = listedAt(reader);
    total.packed += listed.packed;
    total.size += listed.size;
    entries.set(listed.name, {
      name: listed.name,
      size: listed.size,
      read: () => contentOf(listed, bytes, where),
    });
  }
  checkTotal(total, bytes.length, where);
  return entries;
}

function checkTotal(total: { packed: number; size: number }, length: number, where: string): void {
  if (total.packed > length) throw corrupt(where, 'the files of the archive overlap');
  if (total.size > UNFOLDED_FREE + UNFOLDED_RATIO * length) {
    throw corrupt(where, 'the archive unfolds to an absurd size');
  }
}

function directoryOf(bytes: Uint8Array, where: string): Directory {
  const end = endOf(bytes, where);
  const reader = new ByteReader(bytes, where, end + 10);
  const count = reader.u16();
  reader.offset += 4;
  const offset = reader.u32();
  const locator = end - 20;
  const is64 = locator >= 0 && new ByteReader(bytes, where, locator).u32() === END_64_LOCATOR;
  return is64 ? directory64(bytes, where, locator) : { count, offset };
}

function directory64(bytes: Uint8Array, where: string, locator: number): Directory {
  const at = new ByteReader(bytes, where, locator + 8).u64();
  const reader = new ByteReader(bytes, where, at);
  if (reader.u32() !== END_64) throw corrupt(where, 'the archive has no readable directory');
  reader.offset = at + 32;
  const count = reader.u64();
  reader.offset += 8;
  return { count, offset: reader.u64() };
}

function endOf(bytes: Uint8Array, where: string): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = Math.max(0, bytes.length - 22 - 0xffff);
  for (let at = bytes.length - 22; at >= first; at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw corrupt(where, 'the archive has no directory at its end: the file is cut short');
}

function listedAt(reader: ByteReader): Listed {
  if (reader.u32() !== LISTED) throw corrupt(reader.where, 'the archive directory is damaged');
  reader.offset += 6;
  const method = reader.u16();
  reader.offset += 4;
  const [crc, packed, size] = [reader.u32(), reader.u32(), reader.u32()];
  const [nameLength, extraLength, noteLength] = [reader.u16(), reader.u16(), reader.u16()];
  reader.offset += 8;
  const at = reader.u32();
  const name = reader.text(nameLength);
  const extra = new ByteReader(reader.take(extraLength), reader.where);
  reader.take(noteLength);
  return { name, method, crc, ...widened(extra, { size, packed, at }) };
}

/** Numbers that do not fit 32 bits stand in an extra field, in the fixed order size, packed, at. */
function widened<T extends { size: number; packed: number; at: number }>(
  extra: ByteReader,
  numbers: T,
): T {
  const wide = { ...numbers };
  while (extra.left >= 4) {
    const tag = extra.u16();
    const field = new ByteReader(extra.take(extra.u16()), extra.where);
    if (tag !== 1) continue;
    if (wide.size === FULL) wide.size = field.u64();
    if (wide.packed === FULL) wide.packed = field.u64();
    if (wide.at === FULL) wide.at = field.u64();
  }
  return wide;
}

function contentOf(listed: Listed, bytes: Uint8Array, where: string): Uint8Array {
  const inside = `${where} (${listed.name})`;
  const reader = new ByteReader(bytes, inside, listed.at);
  if (reader.u32() !== LOCAL) throw corrupt(inside, 'the archive points at something else');
  reader.offset = listed.at + 26;
  const [nameLength, extraLength] = [reader.u16(), reader.u16()];
  reader.take(nameLength + extraLength);
  const content = unpacked(listed, reader.take(listed.packed), inside);
  if (content.length !== listed.size || crc32(content) !== listed.crc) {
    throw corrupt(inside, 'the content does not match its checksum');
  }
  return content;
}

function unpacked(listed: Listed, packed: Uint8Array, inside: string): Uint8Array {
  if (listed.method === 0) return packed;
  if (listed.method !== 8) throw corrupt(inside, `compression ${listed.method} is not read`);
  if (listed.size > packed.length * RATIO_MAX) throw corrupt(inside, 'a length is absurd');
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, listed.size) });
  } catch {
    throw corrupt(inside, 'the compressed content is damaged');
  }
}
