import { describe, test } from 'vitest';
import { BUILT_IN_KINDS } from '../../src/agents/index.js';
import { type KindContractOptions, kindContract } from '../../src/testing/index.js';

/** What a kind needs beyond its defaults. Without an entry a new kind is tried as it is. */
const OPTIONS: Readonly<Record<string, KindContractOptions>> = {
  corpus: { params: { folder: 'corpus/violin', seconds: 0.5 } },
};

for (const [name, kind] of BUILT_IN_KINDS) {
  describe(`the contract of ${name}`, () => {
    for (const promise of kindContract(kind, OPTIONS[name])) test(promise.name, promise.run);
  });
}
