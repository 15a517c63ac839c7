import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Pin, readThinned } from '../../../src/archive/index.js';
import { contentOf, freshArchive, hashesIn, tidy, writeRun } from './archive-on-disk.js';
import { policies, sayings } from './random-runs.js';
import { hashesOf, whatStays } from './what-stays.js';

const pinsOf: fc.Arbitrary<readonly Pin[]> = fc.array(
  fc.oneof(
    fc.nat(23).map((n): Pin => ({ pin: 'envelope', envelope: `voice.${n}`, at: 0 })),
    fc.nat(400).map((from): Pin => ({ pin: 'time', from, to: from + 10 })),
  ),
  { maxLength: 2 },
);

const all = (said: Parameters<typeof hashesOf>[0]): ReadonlySet<string> =>
  hashesOf(said, new Set(said.map(({ id }) => id)));

describe('thinning a run', () => {
  it('leaves what is young, in takes or pinned with every ancestor, and nothing else', async () => {
    const property = fc.asyncProperty(
      sayings(),
      policies,
      pinsOf,
      fc.nat(300),
      async (said, policy, pins, endedSecondsAgo) => {
        const archive = freshArchive();
        const run = writeRun(archive, { name: 'a', sayings: said, policy, endedSecondsAgo });
        const lines = pins.map((pin) => `${JSON.stringify(pin)}\n`);
        writeFileSync(join(run, 'pins.jsonl'), lines.join(''));
        const now = (said.at(-1)?.seconds ?? 0) + endedSecondsAgo;
        await tidy(archive);
        const expired = endedSecondsAgo > (policy.keepSeconds ?? Infinity) && pins.length === 0;
        expect(existsSync(run)).toBe(!expired);
        if (!expired) expect(hashesIn(run)).toEqual(whatStays(said, policy, now, pins));
      },
    );
    await fc.assert(property, { numRuns: 80 });
  });

  it('finds nothing more to do the second time, and less the older it all gets', async () => {
    const property = fc.asyncProperty(
      sayings(),
      policies,
      fc.nat(99),
      async (said, policy, ago) => {
        const archive = freshArchive();
        const run = writeRun(archive, { name: 'a', sayings: said, policy, endedSecondsAgo: ago });
        await tidy(archive);
        const once = contentOf(archive);
        await tidy(archive);
        expect(contentOf(archive)).toEqual(once);
        const late = freshArchive();
        const later = { name: 'a', sayings: said, policy, endedSecondsAgo: ago + 50 };
        const young = hashesIn(run);
        const old = writeRun(late, later);
        await tidy(late);
        for (const hash of hashesIn(old)) expect(young).toContain(hash);
      },
    );
    await fc.assert(property, { numRuns: 30 });
  });

  it('lists what is gone, and a dry run touches nothing', async () => {
    const property = fc.asyncProperty(sayings(), policies, async (said, policy) => {
      const archive = freshArchive();
      const run = writeRun(archive, { name: 'a', sayings: said, policy, endedSecondsAgo: 60 });
      const before = contentOf(archive);
      const planned = await tidy(archive, { dryRun: true });
      expect(contentOf(archive)).toEqual(before);
      const done = await tidy(archive);
      expect(done.removed).toEqual(planned.removed);
      expect(done.thinned.map(({ reasons }) => reasons).flat()).toEqual(
        planned.thinned.map(({ reasons }) => reasons).flat(),
      );
      if (done.removed.length > 0) return;
      const [left, listed] = [hashesIn(run), readThinned(run)];
      for (const hash of all(said)) expect(left.has(hash) || listed.has(hash)).toBe(true);
    });
    await fc.assert(property, { numRuns: 25 });
  });

  it('touches no run without a policy', async () => {
    const property = fc.asyncProperty(sayings(), fc.nat(1e6), async (said, endedSecondsAgo) => {
      const archive = freshArchive();
      writeRun(archive, { name: 'a', sayings: said, endedSecondsAgo });
      const before = contentOf(archive);
      await tidy(archive);
      expect(contentOf(archive)).toEqual(before);
    });
    await fc.assert(property, { numRuns: 20 });
  });
});
