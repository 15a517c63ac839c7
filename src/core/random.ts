/** A seeded stream of chance. The only source of it: same seed and name, same numbers. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform whole number in [0, count). */
  below(count: number): number;
  /** One of the items; throws a RangeError when there is none. */
  pick<T>(items: readonly T[]): T;
  /** An independent stream with a name of its own; does not advance this one. */
  split(name: string): Random;
}

function mix(hash: number, text: string): number {
  let h = hash >>> 0;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    h ^= h >>> 15;
  }
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
}

/** Makes the stream of a seed and a path of names, such as `seededRandom(7, 'violin', '12')`. */
export function seededRandom(seed: number, ...path: readonly string[]): Random {
  const key = [String(seed), ...path].join('/');
  const words = ['a', 'b', 'c', 'd'].map((word, i) => mix(0x9e3779b9 + i, `${word}:${key}`));
  return new SmallFastCounter(key, words);
}

/** sfc32 by Chris Doty-Humphrey (PractRand): small, fast, passes BigCrush. */
class SmallFastCounter implements Random {
  readonly #key: string;
  readonly #s: Uint32Array;
  #spare: number | undefined;

  constructor(key: string, words: readonly number[]) {
    this.#key = key;
    this.#s = Uint32Array.from(words);
    for (let i = 0; i < 12; i++) this.next();
  }

  next(): number {
    const s = this.#s;
    const [a, b, c, d] = [s[0]!, s[1]!, s[2]!, s[3]!];
    const t = (a + b + d) >>> 0;
    s[3] = d + 1;
    s[0] = b ^ (b >>> 9);
    s[1] = c + (c << 3);
    s[2] = ((c << 21) | (c >>> 11)) + t;
    return t / 4294967296;
  }

  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    const angle = 2 * Math.PI * this.next();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('pick: nothing to pick from');
    return items[this.below(items.length)] as T;
  }

  split(name: string): Random {
    return seededRandom(0, this.#key, name);
  }
}
