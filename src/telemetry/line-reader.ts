import { StringDecoder } from 'node:string_decoder';

/**
 * Cuts a stream of bytes into lines, none longer than `bytesMax`: a longer one is left out whole.
 */
export class LineReader {
  readonly #bytesMax: number;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  #skips = false;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** The lines that are whole with this chunk, without their newlines. */
  read(chunk: Buffer): readonly string[] {
    const [first = '', ...more] = this.#decoder.write(chunk).split('\n');
    if (more.length === 0) {
      this.#keep(first);
      return [];
    }
    const head = this.#skips ? undefined : this.#rest + first;
    const lines = [...(head === undefined ? [] : [head]), ...more.slice(0, -1)];
    this.#rest = '';
    this.#skips = false;
    this.#keep(more.at(-1) ?? '');
    return lines.filter((line) => line !== '' && line.length <= this.#bytesMax);
  }

  #keep(text: string): void {
    if (!this.#skips) this.#rest += text;
    if (this.#rest.length <= this.#bytesMax) return;
    this.#rest = '';
    this.#skips = true;
  }
}
