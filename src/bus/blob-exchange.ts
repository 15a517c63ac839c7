import { bytesOfArray } from './body.js';
import type { NumberArray } from './body.js';
import { type BlobStore, hashOf } from './blob-store.js';
import type { Subject } from './bus.js';
import type { BlobRef } from './codec.js';

/** Bytes of one answer: well under the server's limit of 1 MiB. */
export const CHUNK_BYTES = 512 * 1024;

const SMALL_BYTES = 16 * 1024;
const FETCHES_AT_ONCE = 4;
const TRIES = 2;
const OFFERED_MAX = 4096;

/** Asks for the chunk of a blob that starts at `offset`; rejects when nobody answers in time. */
export type AskChunk = (ask: Subject, offset: number) => Promise<Uint8Array>;

/** What the exchange is made from. */
export interface BlobExchangeParts {
  readonly store: BlobStore;
  readonly run: string;
  readonly askChunk: AskChunk;
}

/**
 * Where large arrays leave and arrive by content hash: offered by the publisher, fetched by each
 * receiver.
 */
export class BlobExchange {
  readonly #parts: BlobExchangeParts;
  readonly #offered = new Set<string>();
  readonly #arriving = new Map<string, Promise<Uint8Array | undefined>>();
  readonly #queued: (() => void)[] = [];
  #running = 0;
  #asked = 0;

  constructor(parts: BlobExchangeParts) {
    this.#parts = parts;
  }

  /** Whether anything was offered at all. */
  get hasOffered(): boolean {
    return this.#offered.size > 0;
  }

  /** How often others have asked: it stands still when they have what they need. */
  get asked(): number {
    return this.#asked;
  }

  /** Keeps an array for others to fetch; undefined for one small enough to travel. */
  readonly outsource = (array: NumberArray): BlobRef | undefined => {
    if (array.byteLength <= SMALL_BYTES) return undefined;
    const hash = this.#parts.store.put(bytesOfArray(array));
    this.#offer(hash);
    const ask = `demiurge.${this.#parts.run}.blob.${hash}`;
    return { hash, array: array[Symbol.toStringTag], bytes: array.byteLength, ask };
  };

  /**
   * One chunk of what was offered here; undefined when this exchange never offered it or let it go.
   */
  async answer(hash: string, offset: number): Promise<Uint8Array | undefined> {
    if (!this.#offered.has(hash)) return undefined;
    this.#asked++;
    const bytes = await this.#parts.store.get(hash);
    return bytes?.subarray(offset, offset + CHUNK_BYTES);
  }

  /** Fetches every blob; undefined when one of them cannot be had. */
  async fetchAll(refs: readonly BlobRef[]): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
    const all = await Promise.all(refs.map((ref) => this.#fetch(ref)));
    const fetched = new Map<string, Uint8Array>();
    for (const [i, bytes] of all.entries()) {
      const ref = refs[i] as BlobRef;
      if (bytes === undefined || bytes.byteLength !== ref.bytes) return undefined;
      fetched.set(ref.hash, bytes);
    }
    return fetched;
  }

  #offer(hash: string): void {
    this.#offered.delete(hash);
    this.#offered.add(hash);
    if (this.#offered.size <= OFFERED_MAX) return;
    const [oldest] = this.#offered;
    this.#offered.delete(oldest as string);
  }

  #fetch(ref: BlobRef): Promise<Uint8Array | undefined> {
    const arriving = this.#arriving.get(ref.hash);
    if (arriving !== undefined) return arriving;
    const fetching = this.#seek(ref)
      // The one who waits counts a gap: whatever failed, the array is not to be had.
      .catch(() => undefined)
      .finally(() => this.#arriving.delete(ref.hash));
    this.#arriving.set(ref.hash, fetching);
    return fetching;
  }

  async #seek(ref: BlobRef): Promise<Uint8Array | undefined> {
    const here = await this.#parts.store.get(ref.hash);
    if (here !== undefined) return here;
    await this.#start();
    try {
      const bytes = await this.#collect(ref);
      if (hashOf(bytes) !== ref.hash) return undefined;
      this.#parts.store.put(bytes);
      return bytes;
    } finally {
      this.#end();
    }
  }

  async #collect({ ask, bytes }: BlobRef): Promise<Uint8Array> {
    const whole = new Uint8Array(bytes);
    let at = 0;
    while (at < bytes) {
      const chunk = await this.#askAgain(ask, at, TRIES);
      if (chunk.byteLength === 0) throw new RangeError('an empty chunk');
      whole.set(chunk, at);
      at += chunk.byteLength;
    }
    return whole;
  }

  async #askAgain(ask: Subject, offset: number, tries: number): Promise<Uint8Array> {
    try {
      return await this.#parts.askChunk(ask, offset);
    } catch (error) {
      if (tries <= 1) throw error;
      return this.#askAgain(ask, offset, tries - 1);
    }
  }

  /** Few at once: the server cuts off a reader whose answers pile up. */
  async #start(): Promise<void> {
    if (this.#running < FETCHES_AT_ONCE) {
      this.#running++;
      return;
    }
    await new Promise<void>((resolve) => this.#queued.push(resolve));
  }

  #end(): void {
    const next = this.#queued.shift();
    if (next === undefined) this.#running--;
    else next();
  }
}
