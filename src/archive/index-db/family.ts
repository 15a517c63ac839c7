import { FACTS, LINK, ORIGIN, type Packed } from './pages.js';

/** A parent of an envelope: its number, −1 for one that is missing, and the lap as heard. */
export interface ParentLink {
  readonly parent: number;
  readonly lap: number;
}

/**
 * Who descends from whom in one run, as arrays: envelopes are numbered in the order of the
 * journal, where parents come first, so that one pass over the numbers walks the whole family.
 */
export class Family {
  /** Envelopes. */
  readonly size: number;
  readonly #facts: Float64Array;
  readonly #links: Int32Array;
  readonly #origins: Float64Array;
  /** Where each envelope's links begin; one more than envelopes. */
  readonly #first: Int32Array;

  constructor({ facts, links, origins }: Packed) {
    this.size = facts.length / FACTS;
    this.#facts = facts;
    this.#links = links;
    this.#origins = origins;
    this.#first = new Int32Array(this.size + 1);
    for (let i = 0; i < links.length; i += LINK) this.#first[links[i]! + 1]!++;
    for (let n = 0; n < this.size; n++) this.#first[n + 1]! += this.#first[n]!;
  }

  /** Logical time, in samples. */
  time(n: number): number {
    return this.#facts[n * FACTS]!;
  }

  /** How long what it carries lasts, in samples of the run's rate. */
  lengthSamples(n: number): number {
    return this.#facts[n * FACTS + 1]!;
  }

  /** The number of its port. */
  port(n: number): number {
    return this.#facts[n * FACTS + 2]!;
  }

  /** Its sender's own count, the number in its id. */
  count(n: number): number {
    return this.#facts[n * FACTS + 3]!;
  }

  /** Its lap. */
  lap(n: number): number {
    return this.#facts[n * FACTS + 4]!;
  }

  /** The number of its list of models; −1 for none. */
  models(n: number): number {
    return this.#facts[n * FACTS + 5]!;
  }

  /** Its parents, in the order in which they were heard. */
  parents(n: number): readonly ParentLink[] {
    const list: ParentLink[] = [];
    for (let i = this.#first[n]!; i < this.#first[n + 1]!; i++) {
      list.push({ parent: this.#links[i * LINK + 1]!, lap: this.#links[i * LINK + 2]! });
    }
    return list;
  }

  /** Every origin in the order of the journal: envelope, number of the file, sample. */
  eachOrigin(see: (n: number, file: number, sample: number) => void): void {
    const list = this.#origins;
    for (let i = 0; i < list.length; i += ORIGIN) see(list[i]!, list[i + 1]!, list[i + 2]!);
  }

  /** Its origins. */
  origins(n: number): readonly { readonly file: number; readonly sample: number }[] {
    const list = this.#origins;
    let [low, high] = [0, list.length / ORIGIN];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle * ORIGIN]! < n) low = middle + 1;
      else high = middle;
    }
    const found: { readonly file: number; readonly sample: number }[] = [];
    for (let i = low * ORIGIN; list[i] === n; i += ORIGIN) {
      found.push({ file: list[i + 1]!, sample: list[i + 2]! });
    }
    return found;
  }

  /** Whether it has no parents. */
  isFirstWord(n: number): boolean {
    return this.#first[n] === this.#first[n + 1];
  }

  /** Whether a parent of it is missing. */
  isOrphan(n: number): boolean {
    for (let i = this.#first[n]!; i < this.#first[n + 1]!; i++) {
      if (this.#links[i * LINK + 1]! < 0) return true;
    }
    return false;
  }

  /** These envelopes and everyone they descend from, each once, in ascending order. */
  ancestors(of: readonly number[]): Int32Array {
    const marks = this.#marked(of);
    for (let n = Math.max(-1, ...of); n >= 0; n--) {
      if (marks[n] === 1) this.#eachParent(n, (parent) => (marks[parent] = 1));
    }
    return numbersOf(marks);
  }

  /** These envelopes and everyone who descends from them, each once, in ascending order. */
  descendants(of: readonly number[]): Int32Array {
    const marks = this.#marked(of);
    for (let n = Math.min(this.size, ...of); n < this.size; n++) {
      this.#eachParent(n, (parent) => {
        if (marks[parent] === 1) marks[n] = 1;
      });
    }
    return numbersOf(marks);
  }

  /** 1 for each envelope whose every line of descent ends in a first word of the journal. */
  closed(): Uint8Array {
    const closed = new Uint8Array(this.size).fill(1);
    for (let i = 0; i < this.#links.length; i += LINK) {
      const parent = this.#links[i + 1]!;
      if (parent < 0 || closed[parent] === 0) closed[this.#links[i]!] = 0;
    }
    return closed;
  }

  #marked(numbers: readonly number[]): Uint8Array {
    const marks = new Uint8Array(this.size);
    for (const n of numbers) marks[n] = 1;
    return marks;
  }

  #eachParent(n: number, see: (parent: number) => void): void {
    for (let i = this.#first[n]!; i < this.#first[n + 1]!; i++) {
      const parent = this.#links[i * LINK + 1]!;
      if (parent >= 0) see(parent);
    }
  }
}

function numbersOf(marks: Uint8Array): Int32Array {
  const numbers = new Int32Array(marks.reduce((sum, mark) => sum + mark, 0));
  let at = 0;
  for (let n = 0; n < marks.length; n++) if (marks[n] === 1) numbers[at++] = n;
  return numbers;
}
