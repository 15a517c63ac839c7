import { join } from 'node:path';
import { segmentName } from './chain.js';
import type { Disk } from './disk.js';

/** A place in a journal: a segment, and bytes before it there. */
export interface JournalMark {
  readonly segment: string;
  readonly offset: number;
}

/**
 * A segment of a journal while it is written. What the disk took only in part is written from
 * where it stopped, so that no error leaves a torn line in the middle.
 */
export class Segment {
  readonly name: string;
  readonly number: number;
  readonly #disk: Disk;
  readonly #descriptor: number;
  #written = 0;
  #rest = Buffer.alloc(0);

  /** Opens a new file; throws what the disk says. */
  constructor(folder: string, number: number, disk: Disk) {
    this.number = number;
    this.name = segmentName(number);
    this.#disk = disk;
    this.#descriptor = disk.create(join(folder, this.name));
  }

  /** How far it has been written, for who notes how far it has been synced. */
  get mark(): JournalMark {
    return { segment: this.name, offset: this.#written };
  }

  /** Takes lines over and writes them; throws what the disk says, and `push` goes on from there. */
  write(lines: readonly string[]): void {
    this.#rest = Buffer.concat([this.#rest, Buffer.from(`${lines.join('\n')}\n`)]);
    this.push();
  }

  /** Writes what the disk has not taken yet. */
  push(): void {
    while (this.#rest.length > 0) {
      const took = this.#disk.write(this.#descriptor, this.#rest, this.#written);
      this.#written += took;
      this.#rest = this.#rest.subarray(took);
    }
  }

  /** Closes the file; returns how many lines were not written whole. */
  close(): number {
    this.#disk.close(this.#descriptor);
    return this.#rest.toString('latin1').split('\n').length - 1;
  }
}
