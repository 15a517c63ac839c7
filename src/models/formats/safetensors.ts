import { type Tensor, type Tensors, UserError, sizeOf, tensor } from '../../core/index.js';
import { ByteReader, corrupt } from './byte-reader.js';
import { type Element, bytesPerElement, toFloat32 } from './element.js';

const ELEMENTS: Readonly<Record<string, Element>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U8: 'uint8',
  BOOL: 'bool',
};

// Headers of the largest networks here take 30 kB; a long, deeply nested one exhausts the memory.
const HEADER_MAX = 16_000_000;

/**
 * Reads a safetensors file; every kind of number comes out as float32. Throws a `UserError` when
 * damaged.
 */
export function readSafetensors(bytes: Uint8Array, where = 'safetensors'): Tensors {
  const reader = new ByteReader(bytes, where);
  const length = reader.u64();
  if (length > HEADER_MAX || length > reader.left) {
    throw corrupt(where, `the header claims ${length} bytes, the file holds ${reader.left}`);
  }
  const header = parseHeader(reader.text(length), where);
  const body = reader.take(reader.left);
  const named = Object.entries(header).filter(([name]) => name !== '__metadata__');
  const tensors = named.map(([name, entry]) => [name, tensorOf(name, entry, body, where)] as const);
  checkCovered(named, body, where);
  return Object.fromEntries(tensors);
}

/** Writes float32 tensors in the given order; the same tensors give the same bytes. */
export function writeSafetensors(
  tensors: Tensors,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  let offset = 0;
  const entries = Object.entries(tensors).map(([name, { shape, data }]) => {
    const span = [offset, offset + data.byteLength];
    offset += data.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: span }] as const;
  });
  // Not by assignment: a tensor may be called `__proto__`.
  const header = Object.fromEntries(entries);
  const whole = metadata ? { __metadata__: metadata, ...header } : header;
  const json = new TextEncoder().encode(JSON.stringify(whole));
  const padded = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + padded + offset).fill(0x20, 8, 8 + padded);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true);
  file.set(json, 8);
  placeData(file, 8 + padded, Object.values(tensors));
  return file;
}

function placeData(file: Uint8Array, start: number, tensors: readonly Tensor[]): void {
  let at = start;
  for (const { data } of tensors) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function parseHeader(text: string, where: string): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(text);
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) {
      return header as Record<string, unknown>;
    }
  } catch {
    // Reported below: not JSON and JSON of another shape are the same mistake.
  }
  throw corrupt(where, 'this is not a safetensors file: its header is not a table');
}

function isEntry(entry: unknown): entry is Entry {
  const { dtype, shape, data_offsets: span } = (entry ?? {}) as Partial<Entry>;
  const whole = (n: unknown): boolean => Number.isSafeInteger(n) && (n as number) >= 0;
  return (
    typeof dtype === 'string' &&
    Array.isArray(shape) &&
    shape.every(whole) &&
    Array.isArray(span) &&
    span.length === 2 &&
    span.every(whole)
  );
}

function tensorOf(name: string, entry: unknown, body: Uint8Array, where: string): Tensor {
  if (!isEntry(entry)) throw corrupt(where, `the entry of '${name}' is damaged`);
  const element = ELEMENTS[entry.dtype];
  if (element === undefined) {
    const allowed = Object.keys(ELEMENTS).join(', ');
    throw new UserError({ what: `'${name}' is stored as ${entry.dtype}`, where, allowed });
  }
  const [start, end] = entry.data_offsets;
  if (end > body.length) throw corrupt(where, `the file ends before '${name}' does`);
  if (end - start !== sizeOf(entry.shape) * bytesPerElement(element)) {
    throw corrupt(where, `the bytes of '${name}' do not fill its shape`);
  }
  return tensor([...entry.shape], toFloat32(body.subarray(start, end), element));
}

function checkCovered(
  named: readonly (readonly [string, unknown])[],
  body: Uint8Array,
  where: string,
): void {
  const spans = named.map(([, entry]) => (entry as Entry).data_offsets);
  const total = spans.reduce((sum, [start, end]) => sum + end - start, 0);
  if (total !== body.length) throw corrupt(where, 'the header does not describe the whole file');
}
