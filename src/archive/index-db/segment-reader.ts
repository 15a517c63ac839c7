import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Reads parts of a journal's segments; of compressed ones the last stays unpacked in memory. */
export class SegmentReader {
  #unpacked: { readonly file: string; readonly text: Buffer } | undefined;

  /**
   * Bytes of a segment's text from a place on, at most `length` of them. `file` is its path
   * uncompressed (`000001.jsonl`); where there is none, `000001.jsonl.gz` is read.
   */
  read(file: string, start: number, length = Number.POSITIVE_INFINITY): Buffer {
    if (existsSync(file)) return bytesOf(file, start, length);
    if (this.#unpacked?.file !== file) {
      this.#unpacked = { file, text: gunzipSync(readFileSync(`${file}.gz`)) };
    }
    return this.#unpacked.text.subarray(start, start + length);
  }
}

function bytesOf(file: string, start: number, length: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    const size = Math.max(0, fstatSync(handle).size - start);
    const bytes = Buffer.alloc(Math.min(size, length));
    return bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, start));
  } finally {
    closeSync(handle);
  }
}
