import { seededRandom } from '../src/core/index.js';
import { ExactIndex, type VectorIndex, openIndex } from '../src/memory/index.js';

/** One index's times, in milliseconds. */
export interface MatchTimes {
  readonly kind: string;
  readonly addMs: number;
  readonly perQueryMs: number;
}

/** FAISS beside the plain scan over the same units and queries. */
export interface MatchBench {
  readonly units: number;
  readonly dimensions: number;
  readonly queries: number;
  readonly exact: MatchTimes;
  readonly faiss: MatchTimes | undefined;
  /** How many times faster FAISS answers; undefined without FAISS. */
  readonly ratio: number | undefined;
  /** Whether both found the same neighbours at the same distances. */
  readonly agree: boolean | undefined;
  readonly why: string;
}

const CANDIDATES = 16;

/** Times both indices; without FAISS only the scan, and `why` says so. Sizes are counts of rows. */
export async function benchMatch({
  units = 20_000,
  dimensions = 156,
  queries = 40,
}: {
  readonly units?: number;
  readonly dimensions?: number;
  readonly queries?: number;
} = {}): Promise<MatchBench> {
  const rows = normals('units', units * dimensions);
  const asked = normals('queries', queries * dimensions);
  const exact = timed(new ExactIndex(dimensions), rows, asked);
  const { index, why } = await openIndex({ prefer: 'auto', dimensions });
  const sizes = { units, dimensions, queries, why, exact: exact.times };
  if (index.kind !== 'faiss') {
    return { ...sizes, faiss: undefined, ratio: undefined, agree: undefined };
  }
  const faiss = timed(index, rows, asked);
  const ratio = exact.times.perQueryMs / faiss.times.perQueryMs;
  return { ...sizes, faiss: faiss.times, ratio, agree: exact.found === faiss.found };
}

function timed(
  index: VectorIndex,
  rows: Float32Array,
  queries: Float32Array,
): { readonly times: MatchTimes; readonly found: string } {
  const start = performance.now();
  index.add(rows);
  const added = performance.now();
  index.nearest(queries, CANDIDATES);
  const warm = performance.now();
  const found = index.nearest(queries, CANDIDATES);
  const perQueryMs = ((performance.now() - warm) * index.dimensions) / queries.length;
  return {
    times: { kind: index.kind, addMs: added - start, perQueryMs },
    found: JSON.stringify(found),
  };
}

function normals(name: string, count: number): Float32Array {
  const random = seededRandom(1, name);
  return Float32Array.from({ length: count }, () => random.normal());
}
