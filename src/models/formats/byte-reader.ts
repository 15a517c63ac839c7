import { UserError } from '../../core/index.js';
import { latin1 } from './latin1.js';

/** The error of a file that cannot be what its name says: damaged, cut short or of another kind. */
export function corrupt(where: string, what: string): UserError {
  return new UserError({ what, where, hint: 'copy or export the file again' });
}

/**
 * Reads little-endian numbers and bytes in order; a read past the end is an error that names the
 * file.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly where: string;
  readonly #view: DataView;
  offset: number;

  constructor(bytes: Uint8Array, where: string, offset = 0) {
    this.bytes = bytes;
    this.where = where;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.offset = offset;
  }

  get left(): number {
    return this.bytes.length - this.offset;
  }

  /** A view of the next `count` bytes, without copying. */
  take(count: number): Uint8Array {
    const start = this.#advance(count);
    return this.bytes.subarray(start, start + count);
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  i32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  /** An unsigned 64-bit number; past 2^53 it can only be damage, because no file is so large. */
  u64(): number {
    const value = this.#view.getBigUint64(this.#advance(8), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw corrupt(this.where, 'a length is absurd');
    return Number(value);
  }

  /** A big-endian double, as pickles write them. */
  f64be(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  text(count: number): string {
    return new TextDecoder().decode(this.take(count));
  }

  /** One character a byte up to the next line feed, which is consumed. */
  line(): string {
    const end = this.bytes.indexOf(10, this.offset);
    if (end < 0) throw corrupt(this.where, 'the file ends too early');
    const text = latin1(this.take(end - this.offset));
    this.offset = end + 1;
    return text;
  }

  #advance(count: number): number {
    if (!(count >= 0 && count <= this.left)) throw corrupt(this.where, 'the file ends too early');
    const start = this.offset;
    this.offset += count;
    return start;
  }
}
