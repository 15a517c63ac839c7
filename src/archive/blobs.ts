import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../core/index.js';
import { hashOf } from './canonical.js';
import { type Disk, systemDisk } from './disk.js';
import type { Receipt } from './journal.js';
import { SYNC_DEFAULT, type SyncPolicy } from './sync-policy.js';
import { thinnedLine } from './thinned.js';

/** What the signals of a run amount to. */
export interface BlobSum {
  readonly bytes: number;
  /** Signals beyond the limit, noted in `thinned.jsonl`. */
  readonly refused: number;
  /** Signals that the disk did not take. */
  readonly lost: number;
}

/** How blobs are kept. */
export interface BlobOptions {
  /** What lies in one of these folders already is not kept again. */
  readonly others?: readonly string[];
  readonly sync?: SyncPolicy;
  /** Bytes that may wait for a disk that takes nothing; beyond, the oldest are given up. */
  readonly waitingBytesMax?: number;
  readonly disk?: Disk;
}

/** Bytes on their way to the disk; without bytes, the note that there will be none. */
interface Job extends Receipt {
  readonly hash: string;
  bytes: Uint8Array | undefined;
  settled: boolean;
}

const WAITING_BYTES_MAX = 64 * 1024 * 1024;
const AT_ONCE = 4;

/**
 * Signals by the hash of their numbers, one file each: `blobs/<first two digits>/<hash>.f32`. A
 * disk that fails stops nothing: what it does not take waits, and is given up beyond a brim.
 */
export class Blobs {
  readonly #folder: string;
  readonly #others: readonly string[];
  readonly #bytesMax: number;
  readonly #waitingBytesMax: number;
  readonly #disk: Disk;
  readonly #policy: SyncPolicy;
  /** What is on its way, by hash and in order: equal sounds are written once. */
  readonly #jobs = new Map<string, Job>();
  #ready: Job[] = [];
  #stuck: Job[] = [];
  #active = new Set<Promise<void>>();
  #waitingBytes = 0;
  #bytes = 0;
  #refused = 0;
  #lost = 0;
  #trouble: unknown;
  #halted = false;
  /** Files and folders that were written since the last sync. */
  #unsynced = new Set<string>();

  constructor(folder: string, bytesMax: number, options: BlobOptions = {}) {
    this.#folder = folder;
    this.#others = options.others ?? [];
    this.#bytesMax = bytesMax;
    this.#waitingBytesMax = options.waitingBytesMax ?? WAITING_BYTES_MAX;
    this.#disk = options.disk ?? systemDisk;
    this.#policy = options.sync ?? SYNC_DEFAULT;
    this.#disk.makeFolder(folder);
  }

  /** What the disk last said instead of taking something; undefined once it has taken all. */
  get trouble(): unknown {
    return this.#trouble;
  }

  /** What has been kept so far. */
  get sum(): BlobSum {
    return { bytes: this.#bytes, refused: this.#refused, lost: this.#lost };
  }

  /**
   * Keeps bytes under their hash without waiting for the disk; the receipt is settled once they
   * are there. Beyond the limit they are counted and noted as thinned, not kept.
   */
  put(hash: string, bytes: Uint8Array): Receipt {
    const known = this.#jobs.get(hash);
    if (known !== undefined) return known;
    const folders = [this.#folder, ...this.#others];
    const kept = folders.some((folder) => this.#disk.exists(blobFile(folder, hash)));
    if (kept) return { settled: true };
    const job: Job = { hash, bytes, settled: false };
    if (this.#bytes + bytes.length > this.#bytesMax) {
      this.#refused++;
      job.bytes = undefined;
    } else {
      this.#bytes += bytes.length;
      this.#waitingBytes += bytes.length;
    }
    this.#jobs.set(hash, job);
    this.#ready.push(job);
    this.#pump();
    return job;
  }

  /** Tries again what the disk did not take, and gives up the oldest of what is too much. */
  retry(): void {
    if (this.#stuck.length === 0) return;
    this.#ready = [...this.#stuck.splice(0), ...this.#ready];
    for (const job of this.#ready) {
      if (this.#waitingBytes <= this.#waitingBytesMax) break;
      this.#giveUp(job);
    }
    this.#halted = false;
    this.#pump();
  }

  /** Forces what is there onto the disk: the bytes, then the names. */
  async sync(): Promise<void> {
    const paths = this.#unsynced;
    this.#unsynced = new Set();
    try {
      for (const path of paths) await this.#disk.sync(path);
    } catch (error) {
      for (const path of paths) this.#unsynced.add(path);
      throw error;
    }
  }

  /** Waits for the disk, and tries once more what it did not take; what is left is lost. */
  async close(): Promise<BlobSum> {
    await this.#idle();
    this.retry();
    await this.#idle();
    for (const job of this.#stuck) this.#giveUp(job);
    this.retry();
    await this.#idle();
    return this.sum;
  }

  async #idle(): Promise<void> {
    while (this.#active.size > 0) await Promise.all(this.#active);
  }

  /** A few at once, and none after one failed, until it is time to try again. */
  #pump(): void {
    while (this.#ready.length > 0 && this.#active.size < AT_ONCE && !this.#halted) {
      const job = this.#ready.shift() as Job;
      const work = this.#write(job)
        .then(
          () => this.#settle(job),
          (error: unknown) => this.#fail(job, error),
        )
        .finally(() => {
          this.#active.delete(work);
          this.#pump();
        });
      this.#active.add(work);
    }
  }

  #settle(job: Job): void {
    job.settled = true;
    this.#jobs.delete(job.hash);
    this.#waitingBytes -= job.bytes?.length ?? 0;
    this.#halted = false;
    if (this.#jobs.size === 0) this.#trouble = undefined;
  }

  #fail(job: Job, error: unknown): void {
    this.#trouble = error;
    this.#halted = true;
    this.#stuck.push(job, ...this.#ready.splice(0));
  }

  #giveUp(job: Job): void {
    if (job.bytes === undefined) return;
    this.#waitingBytes -= job.bytes.length;
    this.#bytes -= job.bytes.length;
    this.#lost++;
    job.bytes = undefined;
  }

  /** Where nobody ever syncs, a list of what is to be synced would only grow. */
  #noteUnsynced(...paths: readonly string[]): void {
    if (this.#policy === 'none') return;
    for (const path of paths) this.#unsynced.add(path);
  }

  async #write({ hash, bytes }: Job): Promise<void> {
    if (bytes === undefined) {
      const notes = join(dirname(this.#folder), 'thinned.jsonl');
      await this.#disk.append(notes, thinnedLine(hash));
      this.#noteUnsynced(notes);
      return;
    }
    const always = this.#policy === 'always';
    const file = blobFile(this.#folder, hash);
    this.#disk.makeFolder(dirname(file));
    await this.#disk.writeFile(`${file}.draft`, bytes, always);
    await this.#disk.rename(`${file}.draft`, file);
    if (always) await this.#disk.sync(dirname(file));
    else this.#noteUnsynced(file, dirname(file), this.#folder);
  }
}

/** Where a blob lies. */
export function blobFile(folder: string, hash: string): string {
  return join(folder, hash.slice(0, 2), `${hash}.f32`);
}

/** The hashes of all blobs in a folder, in whatever form they are kept there. */
export async function blobHashes(folder: string): Promise<Set<string>> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const hashes = names.map((name) => /([0-9a-f]{64})\.\w+$/.exec(name)?.[1]);
  return new Set(hashes.filter((hash) => hash !== undefined));
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
