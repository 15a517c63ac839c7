import { createHash } from 'node:crypto';

/** Bytes kept under their own hash. */
export interface BlobStore {
  /** Keeps a copy and returns its SHA-256 in hexadecimal. */
  put(bytes: Uint8Array): string;
  /** The bytes, not to be written to; undefined when they are not (or no longer) here. */
  get(hash: string): Promise<Uint8Array | undefined>;
}

/** Bytes a store in memory keeps when nothing else is said. */
export const BLOB_STORE_BYTES_MAX = 256 * 1024 * 1024;

/** The SHA-256 of bytes in hexadecimal. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Makes a store in memory that lets go of what was longest unused; the latest is kept whatever it
 * weighs.
 */
export function createMemoryBlobStore(bytesMax: number = BLOB_STORE_BYTES_MAX): BlobStore {
  return new MemoryBlobStore(bytesMax);
}

class MemoryBlobStore implements BlobStore {
  readonly #bytesMax: number;
  /** In order of use: a Map remembers the order in which its keys came. */
  readonly #kept = new Map<string, Uint8Array>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  put(bytes: Uint8Array): string {
    const hash = hashOf(bytes);
    if (this.#touch(hash) === undefined) {
      this.#kept.set(hash, new Uint8Array(bytes));
      this.#bytes += bytes.byteLength;
      this.#letGo();
    }
    return hash;
  }

  async get(hash: string): Promise<Uint8Array | undefined> {
    return this.#touch(hash);
  }

  #touch(hash: string): Uint8Array | undefined {
    const bytes = this.#kept.get(hash);
    if (bytes === undefined) return undefined;
    this.#kept.delete(hash);
    this.#kept.set(hash, bytes);
    return bytes;
  }

  #letGo(): void {
    for (const [hash, bytes] of this.#kept) {
      if (this.#bytes <= this.#bytesMax || this.#kept.size === 1) return;
      this.#kept.delete(hash);
      this.#bytes -= bytes.byteLength;
    }
  }
}
