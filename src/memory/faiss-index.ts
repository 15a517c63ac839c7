import { UserError, messageOf } from '../core/index.js';
import { ExactIndex } from './exact-index.js';
import { type Neighbour, type VectorIndex, rowsIn } from './vector-index.js';

/** What is used of faiss-node: flat squared-L2 search over plain arrays. */
export interface NativeFaiss {
  readonly IndexFlatL2: new (
    dimensions: number,
  ) => {
    add(rows: number[]): void;
    search(queries: number[], count: number): { distances: number[]; labels: number[] };
  };
}

const SPARE = 16;
const MATRIX_QUERIES = 20;
const ROWS_AT_ONCE = 1024;
const HALF_ULP = 2 ** -24;

/**
 * Loads FAISS (Johnson et al., "Billion-scale similarity search with GPUs") through faiss-node.
 * Throws a UserError when its native part is missing or does not load.
 */
export async function loadFaiss(load: () => Promise<unknown> = importFaiss): Promise<NativeFaiss> {
  try {
    const module = (await load()) as { default?: NativeFaiss } & NativeFaiss;
    return module.default ?? module;
  } catch (cause) {
    throw new UserError({
      what: `the native part of FAISS does not load: ${firstLine(messageOf(cause))}`,
      hint: '`npm run setup` to build it, or `index: exact`, which finds the same more slowly',
      cause,
    });
  }
}

/**
 * OpenMP's and OpenBLAS's threads wait for each other actively: on shared cores two are forty times
 * slower than one. Both libraries read their number once, when they are loaded.
 */
async function importFaiss(): Promise<unknown> {
  const names = ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS'];
  const unset = names.filter((name) => process.env[name] === undefined);
  for (const name of unset) process.env[name] = '1';
  try {
    return await import('faiss-node');
  } finally {
    for (const name of unset) delete process.env[name];
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/**
 * FAISS narrows the search in float32, then distances are computed again in float64 in the oracle's
 * way. What float32 cannot decide (ties, near ties) is scanned, so that the neighbours equal the
 * exact index's, bit for bit.
 */
export class FaissIndex implements VectorIndex {
  readonly kind = 'faiss' as const;
  readonly dimensions: number;
  readonly #native: InstanceType<NativeFaiss['IndexFlatL2']>;
  readonly #rows: ExactIndex;
  #largestNorm = 0;

  constructor(dimensions: number, faiss: NativeFaiss) {
    this.#rows = new ExactIndex(dimensions);
    this.dimensions = dimensions;
    this.#native = new faiss.IndexFlatL2(dimensions);
  }

  get size(): number {
    return this.#rows.size;
  }

  add(rows: Float32Array): void {
    this.#rows.add(rows);
    const step = ROWS_AT_ONCE * this.dimensions;
    for (let at = 0; at < rows.length; at += step) {
      this.#native.add(Array.from(rows.subarray(at, at + step)));
    }
    for (let at = 0; at < rows.length; at += this.dimensions) {
      this.#largestNorm = Math.max(this.#largestNorm, norm(rows, at, this.dimensions));
    }
  }

  nearest(queries: Float32Array, count: number): Neighbour[][] {
    const queried = rowsIn(queries, this.dimensions);
    const asked = Math.min(count + SPARE, this.size);
    if (asked === 0 || queried === 0 || count < 1) return Array.from({ length: queried }, () => []);
    const { labels, distances } = this.#native.search(this.#batch(queries, queried), asked);
    return Array.from({ length: queried }, (_, q) => {
      const keys = labels.slice(q * asked, (q + 1) * asked);
      const farthest = distances[(q + 1) * asked - 1]!;
      return this.#proved(queries, q, keys, farthest, count) ?? this.#scanned(queries, q, count);
    });
  }

  /**
   * FAISS multiplies matrices from 20 queries on, seven times faster a query: a few are filled up
   * with zeros.
   */
  #batch(queries: Float32Array, queried: number): number[] {
    const batch = Array.from(queries);
    const worthFilling = queried > 2 && queried < MATRIX_QUERIES;
    while (worthFilling && batch.length < MATRIX_QUERIES * this.dimensions) batch.push(0);
    return batch;
  }

  /** The exact neighbours, when no row outside `keys` can be among them; else undefined. */
  #proved(
    queries: Float32Array,
    query: number,
    keys: readonly number[],
    farthest: number,
    count: number,
  ): Neighbour[] | undefined {
    const found = keys
      .filter((key) => key >= 0)
      .map((key) => ({ key, distance: this.#rows.distance(queries, query, key) }))
      .sort((a, b) => a.distance - b.distance || a.key - b.key)
      .slice(0, count);
    if (keys.length === this.size && keys.every((key) => key >= 0)) return found;
    const last = found[count - 1];
    const outside = farthest - this.#error(queries, query);
    const proved = last !== undefined && Number.isFinite(farthest) && last.distance < outside;
    return proved ? found : undefined;
  }

  #scanned(queries: Float32Array, query: number, count: number): Neighbour[] {
    const one = queries.subarray(query * this.dimensions, (query + 1) * this.dimensions);
    return this.#rows.nearest(one, count)[0] ?? [];
  }

  /**
   * How far float32 may be from the truth: |a|² + |b|² − 2ab over d terms, each sum rounded d
   * times.
   */
  #error(queries: Float32Array, query: number): number {
    const norms = norm(queries, query * this.dimensions, this.dimensions) + this.#largestNorm;
    return 4 * (this.dimensions + 4) * HALF_ULP * norms;
  }
}

function norm(rows: Float32Array, at: number, dimensions: number): number {
  let sum = 0;
  for (let i = at; i < at + dimensions; i++) sum += rows[i]! * rows[i]!;
  return sum;
}
