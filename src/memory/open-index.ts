import { messageOf } from '../core/index.js';
import { ExactIndex } from './exact-index.js';
import { FaissIndex, loadFaiss } from './faiss-index.js';
import type { NativeFaiss } from './faiss-index.js';
import type { IndexKind, VectorIndex } from './vector-index.js';

/**
 * Which index is wanted: `auto` takes FAISS where its native part loads, else the exact one, and
 * says so.
 */
export type IndexPreference = 'auto' | IndexKind;

/** An index, and why it is this one: a sentence to show. */
export interface OpenedIndex {
  readonly index: VectorIndex;
  readonly why: string;
}

/**
 * Opens an empty index; throws a UserError when FAISS is demanded and missing. `load` stands in for
 * FAISS in tests.
 */
export async function openIndex(options: {
  readonly prefer: IndexPreference;
  readonly dimensions: number;
  readonly load?: () => Promise<NativeFaiss>;
}): Promise<OpenedIndex> {
  const { prefer, dimensions, load = loadFaiss } = options;
  if (prefer === 'exact') return exact(dimensions, 'the exact index was asked for');
  try {
    const index = new FaissIndex(dimensions, await load());
    return { index, why: prefer === 'faiss' ? 'FAISS was asked for' : 'FAISS is installed' };
  } catch (error) {
    if (prefer === 'faiss') throw error;
    return exact(dimensions, `the exact index serves, because ${messageOf(error)}`);
  }
}

function exact(dimensions: number, why: string): OpenedIndex {
  return { index: new ExactIndex(dimensions), why };
}
