/** Bytes said between two questions to the server whether it has them. */
const BYTES_PER_FLUSH = 1024 * 1024;

/**
 * The brim of what was said but not yet taken by the server: the client library itself would pile
 * it up for ever.
 */
export class Outflow {
  readonly #flush: () => Promise<void>;
  readonly #bytesMax: number;
  #waiting = 0;
  #sinceFlush = 0;

  constructor(flush: () => Promise<void>, bytesMax: number) {
    this.#flush = flush;
    this.#bytesMax = bytesMax;
  }

  /** Counts a message in; false when it would go over the brim and must be given up. */
  admit(bytes: number): boolean {
    if (this.#waiting + bytes > this.#bytesMax) return false;
    this.#waiting += bytes;
    this.#sinceFlush += bytes;
    if (this.#sinceFlush >= BYTES_PER_FLUSH) this.#ask();
    return true;
  }

  #ask(): void {
    const asked = this.#sinceFlush;
    this.#sinceFlush = 0;
    // Taken or, when the connection broke, gone: either way it waits no longer.
    const settle = (): void => {
      this.#waiting -= asked;
    };
    this.#flush().then(settle, settle);
  }
}
