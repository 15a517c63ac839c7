// Every built-in kind keeps the contract of all kinds: what is listed in agents/kinds.ts is tried
// here the moment it is listed, so that no port of a new kind can stop a loop by what comes round.
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { BUILT_IN_KINDS, type CastRun } from '../../src/agents/index.js';
import { loadRun } from '../../src/models/index.js';
import { type KindContractOptions, kindContract } from '../../src/testing/index.js';

const registry = join(import.meta.dirname, '../fixtures/runs');

/** One of the untrained runs, cast for the param `model`. */
async function cast(id: string): Promise<{ readonly model: CastRun }> {
  const { hash, kind, trained, folder } = await loadRun(id, { registry });
  return { model: { role: 'model', id, hash, kind, trained, folder } };
}

/** What a kind needs beyond its defaults. Without an entry a new kind is tried as it is. */
const OPTIONS: Readonly<Record<string, KindContractOptions>> = {
  corpus: { params: { folder: 'corpus/violin', seconds: 0.5 } },
  generator: {
    params: { model: 'model', seconds: 0.2, feedback: 0.5 },
    runs: await cast('una00dim'),
  },
  vocoder: { params: { model: 'model' }, runs: await cast('mel00raw') },
  apprentice: {
    params: { model: 'model', steps: 1, batch: 1 },
    runs: await cast('seq00tra'),
  },
  homeostat: { params: { follow: '5 -> 9 over 1h', steer: 'fresh', range: [0, 1], window: 0.1 } },
  sequencer: { params: { model: 'model', steps: 2, least: 2 }, runs: await cast('seq00led') },
};

for (const [name, kind] of BUILT_IN_KINDS) {
  describe(`the contract of ${name}`, () => {
    for (const promise of kindContract(kind, OPTIONS[name])) test(promise.name, promise.run);
  });
}

describe('the contract of an apprentice of a vocoder', async () => {
  const params = { model: 'model', steps: 1, batch: 1, memory: 1 };
  const options = { params, runs: await cast('mel00raw') };
  const promises = kindContract(BUILT_IN_KINDS.get('apprentice')!, options);
  for (const promise of promises) test(promise.name, promise.run);
});

describe('the contract of a vocoder without a network', () => {
  const vocoder = BUILT_IN_KINDS.get('vocoder')!;
  const params = { iterations: 2 };
  for (const promise of kindContract(vocoder, { params })) test(promise.name, promise.run);
});
