import { describe, expect, it } from 'vitest';
import type { Estimate } from '../../src/drift/index.js';
import { coverageEstimate, stocksOf } from '../../src/drift/estimates/coverage.js';
import { distanceEstimate, referenceOf } from '../../src/drift/estimates/distance.js';
import { repetitionEstimate } from '../../src/drift/estimates/repetition.js';
import { rankEstimate, spreadEstimate } from '../../src/drift/estimates/variety.js';
import { described, sound } from './sounds.js';

const many = (count: number, at = 0, from = 0) =>
  Array.from({ length: count }, (_, i) => described(from + i, at));

function valueOf(estimate: Estimate): number {
  if ('value' in estimate) return estimate.value;
  throw new Error(estimate.undefinedBecause);
}

describe('the distance from a reference', () => {
  const reference = referenceOf('lap 0', many(20));

  it('is the shift of all slices, beyond chance', () => {
    const away = distanceEstimate(many(20, 5), reference, {});
    if (!('value' in away)) throw new Error('no value');
    // Five in each of twelve directions.
    expect(away.value).toBeCloseTo(5 * Math.sqrt(12), 1);
    expect(away.chance).toBeLessThan(1.5);
    expect(away.low).toBeGreaterThan(away.chance as number);
  });

  it('to other sounds of the same kind is no more than a few times chance', () => {
    const same = distanceEstimate(many(20, 0, 100), reference, {});
    if (!('value' in same)) throw new Error('no value');
    expect(same.value).toBeLessThan(1);
  });

  it('is undefined, and says why, without a reference or with too little sound', () => {
    expect(distanceEstimate(many(3), referenceOf('lap 0', []), {})).toEqual({
      undefinedBecause: 'there is no sound of lap 0',
    });
    expect(distanceEstimate([], reference, {})).toHaveProperty('undefinedBecause');
  });
});

describe('variety', () => {
  it('is nearly all directions for a ball, with a band from five sounds on', () => {
    const ball = rankEstimate(many(20), {});
    expect(valueOf(ball)).toBeGreaterThan(11.5);
    expect(ball).toHaveProperty('low');
    expect(rankEstimate(many(4), {})).not.toHaveProperty('low');
  });

  it('as spread counts a sound that is said again, and needs two', () => {
    const two = [described(1), described(2, 3)];
    const four = [...two, ...two];
    // Of six pairs two are one sound with itself.
    expect(valueOf(spreadEstimate(four, {}))).toBeCloseTo(
      (4 / 6) * valueOf(spreadEstimate(two, {})),
    );
    expect(spreadEstimate([described(1)], {})).toHaveProperty('undefinedBecause');
  });
});

it('repetition hears a sound that comes back, and not one that goes on', () => {
  const back = Array.from({ length: 12 }, (_, i) => ({ ...described(i % 2), seconds: 4 * i }));
  expect(valueOf(repetitionEstimate(back, {}))).toBeGreaterThan(0.5);
  expect(valueOf(repetitionEstimate(many(12), {}))).toBeLessThan(0.2);
  expect(repetitionEstimate(many(2), {})).toHaveProperty('undefinedBecause');
});

describe('coverage', () => {
  // Units begin every 1,024 samples, as the divisor of all that were chosen tells.
  const sounds = [
    sound({ id: 'past.1', from: 'past.audio', agent: 'past', hash: 'one' }),
    sound({ id: 'past.2', from: 'past.audio', agent: 'past', hash: 'one', seconds: 9 }),
    sound({ id: 'past.3', from: 'past.audio', agent: 'past', hash: 'two', seconds: 20 }),
    sound({ id: 'mel.1', from: 'mel.audio', agent: 'mel', hash: 'never chosen from' }),
  ];
  const choice = (seconds: number, ...units: string[]) => {
    return { agent: 'grains', lap: 0, seconds, units };
  };
  const choices = [
    choice(1, 'past.1@1024', 'past.1@2048', 'past.1@3072'),
    choice(10, 'past.2@1024', 'past.1@1024'),
  ];
  const stocks = stocksOf(sounds, choices);
  const options = { effective: false };

  it('counts one sound once, however often it was said', () => {
    // Three of four units of one sound; the second sound is not there before 20 s.
    expect(coverageEstimate(choices, stocks, 12, options)).toEqual({ value: 3 / 4 });
    expect(coverageEstimate(choices, stocks, 30, options)).toEqual({ value: 3 / 8 });
  });

  it('weighs how evenly units were taken', () => {
    const even = coverageEstimate([choices[0]!], stocks, 12, { effective: true });
    expect(valueOf(even)).toBeCloseTo(3, 9);
    const uneven = coverageEstimate(choices, stocks, 12, { effective: true });
    expect(valueOf(uneven)).toBeLessThan(3);
  });

  it('is undefined where nobody chose', () => {
    expect(coverageEstimate([], stocks, 12, options)).toHaveProperty('undefinedBecause');
  });
});
