import { expect, test } from 'vitest';
import { sampler } from '../../src/agents/kinds/sampler.js';
import { mfcc39 } from '../../src/audio/index.js';
import { loadFaiss } from '../../src/memory/index.js';
import { chirp, hiss, rehearse } from '../../src/testing/index.js';

const faiss = await loadFaiss().catch(() => undefined);

test.skipIf(faiss === undefined)('FAISS and the exact index play the same bytes', async () => {
  const given = [1, 2, 3, 4, 5, 6].flatMap((n) => [
    { port: 'corpus', signal: hiss(n, { seconds: 2 }), id: `una.${n}` },
    { port: 'corpus', signal: chirp(100 * n, 3000), id: `past.${n}` },
    { port: 'query', signal: mfcc39(chirp(3000, 50 * n)) },
  ]);
  const [fast, plain] = [
    await rehearse(sampler, { index: 'faiss', memory: 9 }, given),
    await rehearse(sampler, { index: 'exact', memory: 9 }, given),
  ];
  expect(fast).toEqual(plain);
  expect(fast.filter(({ port }) => port === 'audio')).toHaveLength(6);
});
