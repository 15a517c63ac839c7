import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../core/index.js';
import { blobFile } from '../blobs.js';
import { hashOf } from '../canonical.js';
import type { ArrayKeep, ArraySource, NumberArray } from './pack.js';

/** Arrays from this size on are hashed once for as long as they live. */
const REMEMBERED_BYTES = 65_536;

/**
 * The arrays of checkpoints among a run's blobs: each by its hash, and written only where neither
 * this run nor one it came from has it. Waits for the disk; used by whoever holds the state, in
 * whatever process that is.
 */
export class ArrayStore implements ArrayKeep, ArraySource {
  readonly #folders: readonly string[];
  /** What is in a state is never written to again, so its hash stays true. */
  readonly #hashes = new WeakMap<NumberArray, string>();

  /** New arrays go to the first folder; all are searched. */
  constructor(folders: readonly [string, ...string[]]) {
    this.#folders = folders;
  }

  keep(array: NumberArray): string {
    const known = this.#hashes.get(array);
    if (known !== undefined && this.#fileOf(known) !== undefined) return known;
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const hash = hashOf(bytes);
    if (array.byteLength >= REMEMBERED_BYTES) this.#hashes.set(array, hash);
    if (this.#fileOf(hash) === undefined) this.#write(hash, bytes);
    return hash;
  }

  find(hash: string): Uint8Array {
    const file = this.#fileOf(hash);
    if (file === undefined) {
      const where = this.#folders[0] as string;
      throw new UserError({ what: `an array of the checkpoint is gone: ${hash}`, where });
    }
    const bytes = readFileSync(file);
    if (hashOf(bytes) === hash) return bytes;
    throw new UserError({ what: 'this blob is damaged: its hash differs', where: file });
  }

  #fileOf(hash: string): string | undefined {
    return this.#folders.map((folder) => blobFile(folder, hash)).find((file) => existsSync(file));
  }

  #write(hash: string, bytes: Uint8Array): void {
    const file = blobFile(this.#folders[0] as string, hash);
    mkdirSync(dirname(file), { recursive: true });
    // Two agents may keep the same array at once, each from a process of its own.
    const draft = `${file}.${randomUUID()}.draft`;
    writeFileSync(draft, bytes);
    renameSync(draft, file);
  }
}
