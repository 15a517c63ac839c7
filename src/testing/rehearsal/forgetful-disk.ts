import type { Disk } from '../../archive/index.js';

/** What a forgetful disk does wrong, asked at every write. */
export interface DiskTroubles {
  /** Whether there is no room now. */
  isFull(): boolean;
  /** Whether this write of the journal stops half-way. */
  isTorn(): boolean;
}

/** What a forgetful disk was given. */
export interface DiskCounts {
  /** Bytes of journal and signals it took. */
  readonly bytes: number;
  /** Lines of the journal it took whole. */
  readonly lines: number;
  /** The chain of the last line it took. */
  readonly chain: string;
  /** Times that it said no. */
  readonly refusals: number;
  /** Bytes that came at a place where others lay already, or past a hole. */
  readonly misplaced: number;
}

/** Digits of the chain that begins every line of a journal. */
const CHAIN_DIGITS = 32;
const NEWLINE = 10;

/**
 * A disk that takes what an archive writes, checks that the journal comes whole and in order,
 * and keeps nothing: weeks fit onto it. Fails as it is told.
 */
export class ForgetfulDisk implements Disk {
  readonly #troubles: DiskTroubles;
  readonly #taken = new Map<number, number>();
  #files = 0;
  #tornAt: number | undefined;
  /** The beginning of the line that is being written. */
  #head = '';
  #counts = { bytes: 0, lines: 0, chain: '', refusals: 0, misplaced: 0 };

  constructor(troubles: DiskTroubles) {
    this.#troubles = troubles;
  }

  get counts(): DiskCounts {
    return this.#counts;
  }

  exists(): boolean {
    return false;
  }

  makeFolder(): void {}

  create(): number {
    this.#refuseIfFull();
    this.#files++;
    this.#taken.set(this.#files, 0);
    return this.#files;
  }

  write(descriptor: number, bytes: Uint8Array, position: number): number {
    this.#refuseIfFull();
    if (this.#tornAt === position) {
      this.#tornAt = undefined;
      throw this.#refusal('EIO', 'i/o error');
    }
    const torn = this.#troubles.isTorn() && bytes.length > 1;
    const took = torn ? bytes.length >> 1 : bytes.length;
    if (torn) this.#tornAt = position + took;
    const before = this.#taken.get(descriptor) ?? 0;
    if (position !== before) this.#counts.misplaced += took;
    this.#taken.set(descriptor, position + took);
    this.#take(bytes.subarray(0, took));
    return took;
  }

  close(descriptor: number): void {
    this.#taken.delete(descriptor);
  }

  async writeFile(_path: string, bytes: Uint8Array): Promise<void> {
    this.#refuseIfFull();
    this.#counts.bytes += bytes.length;
  }

  async append(_path: string, text: string): Promise<void> {
    this.#refuseIfFull();
    this.#counts.bytes += text.length;
  }

  async rename(): Promise<void> {}

  async remove(): Promise<void> {}

  async sync(): Promise<void> {}

  #take(bytes: Uint8Array): void {
    this.#counts.bytes += bytes.length;
    for (let from = 0; from < bytes.length; ) {
      const found = bytes.indexOf(NEWLINE, from);
      const end = found === -1 ? bytes.length : found;
      const missing = CHAIN_DIGITS - this.#head.length;
      const start = Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from);
      if (missing > 0) this.#head += start.toString('latin1', 0, missing);
      if (found === -1) return;
      this.#counts.lines++;
      this.#counts.chain = this.#head;
      this.#head = '';
      from = end + 1;
    }
  }

  #refuseIfFull(): void {
    if (this.#troubles.isFull()) throw this.#refusal('ENOSPC', 'no space left on device');
  }

  #refusal(code: string, says: string): Error {
    this.#counts.refusals++;
    return Object.assign(new Error(`${code}: ${says}`), { code });
  }
}
