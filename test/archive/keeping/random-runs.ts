import fc from 'fast-check';
import type { ArchivePolicy } from '../../../src/archive/index.js';
import type { Saying } from './archive-on-disk.js';

interface Seed {
  readonly gap: number;
  readonly parents: readonly number[];
  readonly carries: Saying['carries'];
  readonly content: number;
}

const seed: fc.Arbitrary<Seed> = fc.record({
  gap: fc.integer({ min: 0, max: 40 }),
  parents: fc.array(fc.nat(1000), { maxLength: 3 }),
  carries: fc.constantFrom('audio', 'audio', 'mel', 'control'),
  content: fc.nat(30),
});

/** Sayings whose parents stand before them; with `unique`, no two say the same. */
export function sayings(unique = false): fc.Arbitrary<readonly Saying[]> {
  return fc.array(seed, { minLength: 1, maxLength: 24 }).map((seeds) => {
    let seconds = 0;
    return seeds.map(({ gap, parents, carries, content }, n): Saying => {
      seconds += gap;
      const known = n === 0 ? [] : [...new Set(parents.map((p) => p % n))];
      const ids = known.map((parent) => `voice.${parent}`);
      const says = unique ? n : content;
      return { id: `voice.${n}`, seconds, parents: ids, carries, content: says };
    });
  });
}

/** Policies that thin, expire, both or neither. */
export const policies: fc.Arbitrary<Partial<ArchivePolicy>> = fc
  .record({
    after: fc.integer({ min: 1, max: 200 }),
    every: fc.integer({ min: 5, max: 120 }),
    take: fc.integer({ min: 1, max: 5 }),
    more: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
    thins: fc.boolean(),
  })
  .map(({ after, every, take, more, thins }) => ({
    ...(more === undefined ? {} : { keepSeconds: after + more }),
    ...(thins ? { thin: { afterSeconds: after, everySeconds: every, takeSeconds: take } } : {}),
  }));
