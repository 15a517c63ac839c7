import { expect, test } from 'vitest';
import { UserError } from '../../src/core/index.js';
import { ExactIndex, loadFaiss, openIndex } from '../../src/memory/index.js';
import { describeIndex } from './index-contract.js';

describeIndex('exact', (dimensions) => new ExactIndex(dimensions));

const missing = () => loadFaiss(() => Promise.reject(new Error('Could not locate\nmany paths')));

test('a missing native part is one clear error with its remedy', async () => {
  const opening = openIndex({ prefer: 'faiss', dimensions: 3, load: missing });
  await expect(opening).rejects.toThrow(UserError);
  await expect(opening).rejects.toThrow(/FAISS does not load: Could not locate\n {2}Try: `npm run/);
});

test('without FAISS the exact index serves and says why', async () => {
  const { index, why } = await openIndex({ prefer: 'auto', dimensions: 3, load: missing });
  expect(index.kind).toBe('exact');
  expect(why).toContain('FAISS does not load');
});

test('the exact index is given when it is asked for', async () => {
  const { index, why } = await openIndex({ prefer: 'exact', dimensions: 3 });
  expect([index.kind, index.dimensions, why]).toEqual([
    'exact',
    3,
    'the exact index was asked for',
  ]);
});
