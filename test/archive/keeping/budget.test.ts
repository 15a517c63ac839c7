import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesUnder, freshArchive, hashesIn, tidy, writeRun } from './archive-on-disk.js';
import { policies, sayings } from './random-runs.js';
import { familyOf, hashesOf } from './what-stays.js';

const run = fc.record({
  sayings: sayings(true),
  policy: policies,
  endedSecondsAgo: fc.option(fc.nat(500), { nil: undefined }),
});

describe('an archive with a max', () => {
  it('fits, or says what holds it; what is left of a run is closed', async () => {
    const many = fc.array(run, { minLength: 1, maxLength: 4 });
    const property = fc.asyncProperty(many, fc.nat(400_000), async (runs, maxBytes) => {
      const archive = freshArchive();
      const folders = runs.map(({ sayings: said, policy, endedSecondsAgo }, index) =>
        writeRun(archive, {
          name: `run${index}`,
          sayings: said,
          policy: { ...policy, maxBytes: maxBytes + 1 },
          ...(endedSecondsAgo === undefined ? {} : { endedSecondsAgo }),
        }),
      );
      const account = await tidy(archive);
      const bytes = bytesUnder(archive);
      // The lists of what went are written after the budget was planned.
      const lists = bytesUnder(archive, (path) => path.endsWith('ed.jsonl'));
      if (account.over === undefined) expect(bytes - lists).toBeLessThanOrEqual(maxBytes + 1);
      else expect(account.over.says).toMatch(/plays|pinned|fork|no run/);
      for (const [index, { sayings: said }] of runs.entries()) {
        if (existsSync(folders[index] as string)) expectClosed(folders[index] as string, said);
      }
    });
    await fc.assert(property, { numRuns: 40 });
  });

  it('takes the oldest first, and takes only after all that is in none', async () => {
    const archive = freshArchive();
    const said = Array.from({ length: 10 }, (_, n) => ({
      id: `a.${n}`,
      seconds: n * 10,
      parents: [],
      carries: 'mel' as const,
      content: n,
    }));
    const thin = { afterSeconds: 1e6, everySeconds: 30, takeSeconds: 5 };
    const policy = { thin, maxBytes: 1 };
    const folder = writeRun(archive, { name: 'a', sayings: said, policy, endedSecondsAgo: 0 });
    const whole = bytesUnder(archive);
    const left = async (blobs: number): Promise<readonly number[]> => {
      await tidy(archive, { policy: { maxBytes: whole - blobs * 8000 } });
      const hashes = hashesIn(folder);
      return said
        .filter((one) => hashes.has([...hashesOf([one], new Set([one.id]))][0] ?? ''))
        .map(({ seconds }) => seconds);
    };
    expect(await left(1)).toEqual([0, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(await left(4)).toEqual([0, 30, 60, 70, 80, 90]);
    expect(await left(7)).toEqual([30, 60, 90]);
  });

  it('removes whole runs last, the oldest first, and never one that plays', async () => {
    const archive = freshArchive();
    const said = [{ id: 'a.1', seconds: 0, parents: [], carries: 'mel', content: 1 }] as const;
    const policy = { maxBytes: 1 };
    writeRun(archive, { name: 'new', sayings: said, policy, endedSecondsAgo: 10 });
    writeRun(archive, { name: 'old', sayings: said, policy, endedSecondsAgo: 99 });
    writeRun(archive, { name: 'now', sayings: said, policy });
    const account = await tidy(archive);
    expect(account.removed.map(({ run: id }) => id).toSorted()).toEqual(['new', 'old']);
    expect(account.over?.says).toContain('now: it still plays');
    expect(existsSync(join(archive, 'now', 'run.json'))).toBe(true);
  });
});

/** With unique contents: whoever's blob is here, so are those of all ancestors. */
function expectClosed(folder: string, said: Parameters<typeof hashesOf>[0]): void {
  const left = hashesIn(folder);
  for (const one of said) {
    const own = [...hashesOf([one], new Set([one.id]))][0];
    if (own === undefined || !left.has(own)) continue;
    for (const hash of hashesOf(said, familyOf(said, [one]))) expect(left).toContain(hash);
  }
}
