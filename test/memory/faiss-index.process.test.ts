import { describe, expect, test } from 'vitest';
import { FaissIndex, loadFaiss, openIndex } from '../../src/memory/index.js';
import { describeIndex } from './index-contract.js';

// In a process of its own: a native part that breaks takes its process with it.
const faiss = await loadFaiss().catch(() => undefined);

describe.skipIf(faiss === undefined)('with FAISS installed', () => {
  if (faiss === undefined) return;
  describeIndex('FAISS', (dimensions) => new FaissIndex(dimensions, faiss));

  test('it is chosen by itself, and says so', async () => {
    const { index, why } = await openIndex({ prefer: 'auto', dimensions: 2 });
    expect([index.kind, why]).toEqual(['faiss', 'FAISS is installed']);
  });
});
