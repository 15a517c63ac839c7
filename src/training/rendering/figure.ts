import type { Random } from '../../core/index.js';

/** One note of a figure: its degree counted from the first, and its length in beats. */
export interface FigureNote {
  readonly degree: number;
  readonly beats: number;
}

/** A melodic shape; the caller places it in a tonality and a tempo. */
export type Figure = (random: Random) => readonly FigureNote[];

/** Every shape a phrase may have: runs, broken chords, leaps, turns, wandering, long tones. */
export const FIGURES: Readonly<Record<string, Figure>> = {
  run: (random) => {
    const direction = random.pick([-1, 1]);
    return series(6 + random.below(8), (i) => ({ degree: direction * i, beats: 1 }));
  },
  chord: (random) => {
    const rise = random.pick([-2, 2]);
    const count = 4 + random.below(4);
    return series(2 * count - 1, (i) => ({
      degree: rise * (i < count ? i : 2 * count - 2 - i),
      beats: i === count - 1 ? 2 : 1,
    }));
  },
  leaps: (random) => {
    const sizes = series(5 + random.below(5), () => 3 + random.below(8));
    return sizes.map((size, i) => ({ degree: i % 2 === 0 ? 0 : size, beats: random.pick([1, 2]) }));
  },
  turn: (random) => {
    const climb = random.pick([-1, 1, 2]);
    return series(8 + random.below(6), (i) => ({
      degree: ([0, 1, 0, -1][i % 4] as number) + climb * Math.floor(i / 4),
      beats: i % 4 === 0 ? 2 : 1,
    }));
  },
  wander: (random) => {
    let degree = 0;
    return series(6 + random.below(8), () => {
      degree += random.pick([-2, -1, -1, 0, 1, 1, 2, 4, -3]);
      return { degree, beats: random.pick([0.5, 1, 1, 1.5, 2]) };
    });
  },
  tones: (random) =>
    series(1 + random.below(3), () => ({
      degree: random.below(9) - 4,
      beats: 4 + random.below(4),
    })),
};

function series<T>(count: number, make: (i: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}
