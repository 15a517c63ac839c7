import { type Neighbour, type VectorIndex, rowsIn } from './vector-index.js';

const FIRST_ROWS = 256;
const STRIDE = 32;

/**
 * A plain scan over every row: the oracle of the FAISS index, and what serves where FAISS is
 * missing.
 */
export class ExactIndex implements VectorIndex {
  readonly kind = 'exact' as const;
  readonly dimensions: number;
  #size = 0;
  #rows: Float32Array;

  constructor(dimensions: number) {
    if (!Number.isInteger(dimensions) || dimensions < 1) {
      throw new RangeError(`an index of ${dimensions} dimensions`);
    }
    this.dimensions = dimensions;
    this.#rows = new Float32Array(FIRST_ROWS * dimensions);
  }

  get size(): number {
    return this.#size;
  }

  add(rows: Float32Array): void {
    const count = rowsIn(rows, this.dimensions);
    this.#reserve(this.#size + count);
    this.#rows.set(rows, this.#size * this.dimensions);
    this.#size += count;
  }

  nearest(queries: Float32Array, count: number): Neighbour[][] {
    const queried = rowsIn(queries, this.dimensions);
    return Array.from({ length: queried }, (_, q) => this.#scan(queries, q, count));
  }

  /** The exact distance of one row to one of the queries, as `nearest` would give it. */
  distance(queries: Float32Array, query: number, key: number): number {
    const d = this.dimensions;
    return squaredDistance(queries, query * d, this.#rows, key * d, d, Number.POSITIVE_INFINITY);
  }

  #scan(queries: Float32Array, query: number, count: number): Neighbour[] {
    const best = new Best(Math.min(count, this.#size));
    const d = this.dimensions;
    for (let key = 0; key < this.#size; key++) {
      const limit = best.worst;
      const distance = squaredDistance(queries, query * d, this.#rows, key * d, d, limit);
      if (distance < limit) best.insert(key, distance);
    }
    return best.neighbours();
  }

  #reserve(rows: number): void {
    const needed = rows * this.dimensions;
    if (needed <= this.#rows.length) return;
    const grown = new Float32Array(Math.max(needed, this.#rows.length * 2));
    grown.set(this.#rows);
    this.#rows = grown;
  }
}

/** The nearest few so far, in order; keys arrive ascending, so of equals the lowest stays first. */
class Best {
  readonly #room: number;
  readonly #keys: number[] = [];
  readonly #distances: number[] = [];

  constructor(room: number) {
    this.#room = room;
  }

  get worst(): number {
    if (this.#room === 0) return 0;
    if (this.#keys.length < this.#room) return Number.POSITIVE_INFINITY;
    return this.#distances[this.#room - 1]!;
  }

  insert(key: number, distance: number): void {
    let at = Math.min(this.#keys.length, this.#room - 1);
    for (; at > 0 && this.#distances[at - 1]! > distance; at--) {
      this.#keys[at] = this.#keys[at - 1]!;
      this.#distances[at] = this.#distances[at - 1]!;
    }
    this.#keys[at] = key;
    this.#distances[at] = distance;
  }

  neighbours(): Neighbour[] {
    return this.#keys.map((key, i) => ({ key, distance: this.#distances[i]! }));
  }
}

/** Gives up with a partial sum as soon as it reaches `limit`: most rows are refused early. */
function squaredDistance(
  a: Float32Array,
  aAt: number,
  b: Float32Array,
  bAt: number,
  dimensions: number,
  limit: number,
): number {
  let sum = 0;
  for (let i = 0; i < dimensions; ) {
    const end = Math.min(i + STRIDE, dimensions);
    for (; i < end; i++) {
      const difference = a[aAt + i]! - b[bAt + i]!;
      sum += difference * difference;
    }
    if (sum >= limit) return sum;
  }
  return sum;
}
