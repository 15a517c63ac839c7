import { describe, expect, it } from 'vitest';
import {
  cloudOf,
  coverageOf,
  entropyOf,
  freshRatios,
  repetitionChances,
  selfRepetition,
  weightedSpread,
} from '../../src/measures/index.js';

describe('coverage', () => {
  it('counts units once and weighs how evenly they were used', () => {
    expect(coverageOf(['a', 'b', 'c', 'd', 'a', 'b', 'c', 'd'], 16)).toEqual({
      matched: 4,
      matches: 8,
      share: 0.25,
      entropyBits: 2,
      effectiveUnits: 4,
    });
    expect(coverageOf(['a', 'a', 'a'], 3)).toMatchObject({ entropyBits: 0, effectiveUnits: 1 });
    expect(coverageOf(['a', 'a', 'a', 'b'], 3).effectiveUnits).toBeLessThan(2);
  });

  it('of nothing is nothing, and has no share where the stock is unknown', () => {
    expect(coverageOf([])).toMatchObject({ matched: 0, entropyBits: 0, effectiveUnits: 0 });
    expect(coverageOf(['a']).share).toBeUndefined();
    expect(entropyOf([])).toBe(0);
    expect(entropyOf([1, 0, 1])).toBe(1);
  });
});

describe('a weighted spread', () => {
  it('listens only where there is weight', () => {
    expect(weightedSpread([100, 300, 9999], [1, 1, 0])).toEqual({ mean: 200, deviation: 100 });
    expect(weightedSpread([1, 2], [0, 0])).toBeUndefined();
    expect(() => weightedSpread([1], [])).toThrow(RangeError);
  });
});

describe('self-repetition', () => {
  const options = { near: 1, guard: 2, among: 10 };
  const line = (values: readonly number[]) => cloudOf(values.map((x) => [x]));
  const steps = (count: number) => Array.from({ length: count }, (_, i) => i);

  it('is 1 for one thing for ever, and 0 for what never comes back', () => {
    expect(selfRepetition(line(steps(30).map(() => 5)), steps(30), options)).toBe(1);
    expect(selfRepetition(line(steps(30).map((i) => 10 * i)), steps(30), options)).toBe(0);
  });

  it('does not count the same event, nor judge among too few', () => {
    const held = steps(30).map((i) => 10 * Math.floor(i / 2));
    expect(selfRepetition(line(held), steps(30), options)).toBe(0);
    expect(selfRepetition(line(steps(9)), steps(9), options)).toBeUndefined();
  });

  it('follows the closed form of a draw without replacement', () => {
    // One like among 24 others outside the guard, 10 of them drawn: 10 / 24.
    const values = steps(25).map((i) => 10 * i);
    values[24] = 0;
    const times = steps(25).map((i) => 10 * i);
    const chances = repetitionChances(line(values), times, options);
    expect(chances[0]).toBeCloseTo(10 / 24, 12);
    expect(chances[24]).toBeCloseTo(10 / 24, 12);
    expect(chances[5]).toBe(0);
  });

  it('hardly minds how much there is of the same mixture', () => {
    const mixture = (count: number) =>
      selfRepetition(line(steps(count).map((i) => 10 * (i % 60))), steps(count), options) as number;
    expect(Math.abs(mixture(1200) - mixture(600))).toBeLessThan(0.02);
  });
});

describe('the fresh ratio by ancestry', () => {
  it('is 1 for first words and what only feeds on them, 0 for a closed loop', () => {
    const ratios = freshRatios([
      { id: 'past.1', lap: 0, parents: [] },
      { id: 'mel.1', lap: 0, parents: [['past.1', 0]] },
      { id: 'mel.2', lap: 1, parents: [['mel.1', 1]] },
      { id: 'mel.3', lap: 2, parents: [['mel.2', 2]] },
    ]);
    expect([...ratios.values()]).toEqual([1, 1, 0, 0]);
  });

  it('weighs parents alike, and hands the ratio on within a lap', () => {
    const ratios = freshRatios([
      { id: 'past.1', lap: 0, parents: [] },
      { id: 'mix.1', lap: 0, parents: [['past.1', 0]] },
      { id: 'past.2', lap: 0, parents: [] },
      {
        id: 'mix.2',
        lap: 1,
        parents: [
          ['past.2', 0],
          ['mix.1', 1],
        ],
      },
      { id: 'out.1', lap: 1, parents: [['mix.2', 1]] },
    ]);
    expect(ratios.get('mix.2')).toBe(0.5);
    expect(ratios.get('out.1')).toBe(0.5);
  });

  it('passes over parents that are gone', () => {
    const ratios = freshRatios([
      { id: 'a.1', lap: 0, parents: [] },
      {
        id: 'b.1',
        lap: 3,
        parents: [
          ['lost.9', 2],
          ['a.1', 0],
        ],
      },
      { id: 'c.1', lap: 3, parents: [['lost.9', 2]] },
    ]);
    expect(ratios.get('b.1')).toBe(1);
    expect(ratios.has('c.1')).toBe(false);
  });
});
