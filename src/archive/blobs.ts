import { existsSync, mkdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../core/index.js';
import { hashOf } from './canonical.js';

/** Signals by the hash of their numbers, one file each: `blobs/<first two digits>/<hash>.f32`. */
export class Blobs {
  readonly #folder: string;
  readonly #others: readonly string[];
  readonly #bytesMax: number;
  /** What is on its way to the disk, by hash: equal sounds are written once. */
  readonly #writing = new Map<string, Promise<void>>();
  #bytes = 0;
  #refused = 0;
  #failure: unknown;

  /** What lies in one of the `others` already is not kept again. */
  constructor(folder: string, bytesMax: number, others: readonly string[] = []) {
    this.#folder = folder;
    this.#others = others;
    this.#bytesMax = bytesMax;
    mkdirSync(folder, { recursive: true });
  }

  /**
   * Keeps bytes under their hash without waiting for the disk; beyond the limit they are counted,
   * not kept.
   */
  put(hash: string, bytes: Uint8Array): void {
    const file = this.#fileOf(hash);
    if (this.#writing.has(hash) || existsSync(file)) return;
    if (this.#others.some((folder) => existsSync(blobFile(folder, hash)))) return;
    if (this.#bytes + bytes.length > this.#bytesMax) {
      this.#refused++;
      return;
    }
    this.#bytes += bytes.length;
    const writing = this.#write(file, bytes).catch((error: unknown) => {
      this.#failure ??= error;
    });
    this.#writing.set(hash, writing);
    void writing.finally(() => this.#writing.delete(hash));
  }

  /** Waits for the disk; throws what went wrong while writing. */
  async close(): Promise<{ readonly bytes: number; readonly refused: number }> {
    await Promise.all(this.#writing.values());
    if (this.#failure !== undefined) throw this.#failure;
    return { bytes: this.#bytes, refused: this.#refused };
  }

  #fileOf(hash: string): string {
    return blobFile(this.#folder, hash);
  }

  async #write(file: string, bytes: Uint8Array): Promise<void> {
    mkdirSync(join(file, '..'), { recursive: true });
    const draft = `${file}.draft`;
    await writeFile(draft, bytes);
    await rename(draft, file);
  }
}

/** Where a blob lies. */
export function blobFile(folder: string, hash: string): string {
  return join(folder, hash.slice(0, 2), `${hash}.f32`);
}

/** The bytes behind a hash, or undefined when they are not here; a UserError for damaged ones. */
export async function readBlob(folder: string, hash: string): Promise<Uint8Array | undefined> {
  const file = blobFile(folder, hash);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (bytes === undefined || hashOf(bytes) === hash) return bytes;
  throw new UserError({ what: 'this blob is damaged: its hash differs', where: file });
}
