import { appendFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Deeds, openRun, readThinned } from '../../../src/archive/index.js';
import {
  QUICK,
  type WrittenRun,
  contentOf,
  freshArchive,
  hashesIn,
  tidy,
  writeRun,
} from './archive-on-disk.js';
import { sayings } from './random-runs.js';
import { hashesOf, whatStays } from './what-stays.js';

class PowerCut extends Error {}

/** A disk whose power goes before its n-th deed, or in the middle of it where it appends. */
function cutAt(n: number): { deeds: Deeds; done: () => number } {
  let count = 0;
  const then = <A extends readonly unknown[]>(deed: (...args: A) => void, torn?: typeof deed) => {
    return (...args: A): void => {
      if (count++ !== n) return deed(...args);
      torn?.(...args);
      throw new PowerCut();
    };
  };
  const half = (file: string, text: string): void => {
    appendFileSync(file, text.slice(0, Math.floor(text.length / 2)));
  };
  const deeds = {
    append: then(QUICK.append, half),
    writeWhole: then(QUICK.writeWhole),
    move: then(QUICK.move),
    remove: then(QUICK.remove),
  };
  return { deeds, done: () => count };
}

const POLICY = {
  thin: { afterSeconds: 30, everySeconds: 60, takeSeconds: 5 },
  sound: 'flac',
  packAfterSeconds: 60,
} as const;

describe('a power cut while an archive is tidied', () => {
  it('harms nothing that stays, at any deed, and the next tidying ends the same', async () => {
    const property = fc.asyncProperty(sayings(), fc.boolean(), async (said, playing) => {
      const run: WrittenRun = {
        name: 'a',
        sayings: said,
        policy: POLICY,
        ...(playing ? {} : { endedSecondsAgo: 90 }),
      };
      const whole = freshArchive();
      writeRun(whole, run);
      const counted = cutAt(-1);
      await tidy(whole, { deeds: counted.deeds });
      for (let n = 0; n < counted.done(); n++) await cutOnce(run, n, contentOf(whole));
    });
    await fc.assert(property, { numRuns: 8 });
  });

  it('leaves a run that was to go either whole or on its way', async () => {
    const said = [{ id: 'a.1', seconds: 0, parents: [], carries: 'audio', content: 1 }] as const;
    const run = { name: 'a', sayings: said, policy: { keepSeconds: 10 }, endedSecondsAgo: 99 };
    for (let n = 0; n < 4; n++) {
      const archive = freshArchive();
      writeRun(archive, run);
      await tidy(archive, { deeds: cutAt(n).deeds }).catch(expectCut);
      await tidy(archive);
      const left = [...contentOf(archive).keys()];
      expect(left).toEqual(['removed.jsonl']);
    }
  });
});

async function cutOnce(
  run: WrittenRun,
  n: number,
  whole: ReadonlyMap<string, string>,
): Promise<void> {
  const archive = freshArchive();
  const folder = writeRun(archive, run);
  await tidy(archive, { deeds: cutAt(n).deeds }).catch(expectCut);
  const now = (run.sayings.at(-1)?.seconds ?? 0) + (run.endedSecondsAgo ?? 0);
  const [left, listed] = [hashesIn(folder), readThinned(folder)];
  const packing = new Set([...contentOf(folder).keys()].filter((file) => /leaving/.test(file)));
  for (const hash of whatStays(run.sayings, POLICY, now)) expect(left).toContain(hash);
  const everything = hashesOf(run.sayings, new Set(run.sayings.map(({ id }) => id)));
  for (const hash of everything) expect(left.has(hash) || listed.has(hash)).toBe(true);
  expect([...openRun(folder).records()]).toHaveLength(run.sayings.length);
  expect(packing.size).toBeLessThanOrEqual(everything.size);
  await tidy(archive);
  const after = contentOf(archive);
  const lists = (path: string): boolean => !path.endsWith('ed.jsonl');
  expect([...after].filter(([path]) => lists(path))).toEqual(
    [...whole].filter(([path]) => lists(path)),
  );
}

function expectCut(thrown: unknown): void {
  expect(thrown).toBeInstanceOf(PowerCut);
}
