import { type ByteReader, corrupt } from './byte-reader.js';

// Python's whole numbers have no bound; no field of a checkpoint needs more than this.
const DIGITS_MAX = 128;

/** A little-endian two's complement number of any width, as LONG1 and LONG4 write it. */
export function longOf(reader: ByteReader, length: number): number | bigint {
  if (length > DIGITS_MAX) throw corrupt(reader.where, 'a whole number is absurdly long');
  const bytes = reader.take(length);
  let value = 0n;
  for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number);
  return narrowed(BigInt.asIntN(length * 8, value));
}

/**
 * A decimal number on a line of its own, with the `L` that Python 2 wrote, or `00`/`01` for a
 * boolean.
 */
export function decimalOf(reader: ByteReader): number | bigint | boolean {
  const text = reader.line().replace(/L$/, '').trim();
  if (text === '00') return false;
  if (text === '01') return true;
  if (!/^-?\d+$/.test(text) || text.length > DIGITS_MAX) {
    throw corrupt(reader.where, 'a number is not a number');
  }
  return narrowed(BigInt(text));
}

/** A float on a line of its own. */
export function floatOf(reader: ByteReader): number {
  const text = reader.line().trim();
  const value = Number(text.replace(/^(-?)inf$/, '$1Infinity'));
  if (Number.isNaN(value) && text !== 'nan') throw corrupt(reader.where, 'a number is no number');
  return value;
}

function narrowed(value: bigint): number | bigint {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}
