import { seededRandom } from '../../src/core/index.js';
import { cloudOf, momentsOf } from '../../src/measures/index.js';
import type { DescribedSound } from '../../src/drift/described.js';
import type { Sound } from '../../src/drift/sound.js';

/** A sound of four seconds as a journal tells of it. */
export function sound(rest: Partial<Sound> = {}): Sound {
  return {
    id: 'a.1',
    from: 'a.out',
    agent: 'a',
    lap: 0,
    seconds: 0,
    samples: 4096,
    hash: 'h',
    corpus: false,
    fresh: 1,
    ...rest,
  };
}

/** A described sound of 16 slices by chance, about a place. */
export function described(seed: number, at = 0, rest: Partial<Sound> = {}): DescribedSound {
  const random = seededRandom(seed);
  const slices = cloudOf(
    Array.from({ length: 16 }, () => Array.from({ length: 12 }, () => at + random.normal())),
  );
  const moments = momentsOf(slices);
  return {
    ...sound({ id: `a.${seed}`, hash: `h${seed}`, seconds: 4 * seed, ...rest }),
    slices,
    offsets: Array.from({ length: 16 }, (_, i) => i / 4),
    centroidHz: 1000 + at,
    flatnessDb: -20,
    moments,
    middle: moments.sum.map((x) => x / moments.count),
  };
}
