import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/index.js';
import {
  type Feature,
  FreshRatio,
  Novelty,
  collapseOf,
  driftOf,
  lossOf,
  meanDistance,
  quantile,
  varietyOf,
} from '../../../src/telemetry/index.js';

const random = seededRandom(1, 'life');
const spot = (middle: number, spread: number): Feature =>
  Array.from({ length: 26 }, () => middle + spread * random.normal());
const cloud = (middle: number, spread = 5): Feature[] =>
  Array.from({ length: 16 }, () => spot(middle, spread));
const heard = (features: readonly Feature[], agent = 'mel') =>
  features.map((feature, seconds) => ({ agent, seconds, feature }));

describe('variety', () => {
  it('is 0 for identical sounds, which is COLLAPSE, and 1 for the cloud itself (T13)', () => {
    const seed = cloud(0);
    const same = Array.from({ length: 16 }, () => seed[0] as Feature);
    expect(varietyOf(seed, seed)).toBeCloseTo(1, 6);
    expect(varietyOf(seed, cloud(0))).toBeGreaterThan(0.8);
    expect(varietyOf(seed, same)).toBe(0);
    expect(collapseOf(0, heard(same))).toMatchObject([{ word: 'COLLAPSE', subject: 'mel' }]);
    expect(collapseOf(varietyOf(seed, seed), heard(seed))).toEqual([]);
  });

  it('is 0 for what has repeated itself from the very beginning', () => {
    const same = Array.from({ length: 16 }, () => spot(0, 0));
    expect(varietyOf(same, same)).toBe(0);
  });

  it('collapses only once twelve sounds have been heard, and names who repeats', () => {
    const same = Array.from({ length: 11 }, () => spot(0, 0));
    expect(collapseOf(0, heard(same))).toEqual([]);
    const two = [...heard(same, 'parrot'), ...heard(cloud(0, 0.1), 'bird')];
    expect(collapseOf(0.05, two)).toMatchObject([{ subject: 'parrot' }]);
  });
});

describe('drift', () => {
  it('is small at home and grows in spreads of home', () => {
    const home = cloud(0);
    expect(driftOf(home, home)).toBe(0);
    const away = home.map((feature) => feature.map((x) => x + 10));
    const spread = meanDistance(home) / Math.SQRT2;
    expect(driftOf(home, away)).toBeCloseTo((10 * Math.sqrt(26)) / spread, 0);
  });
});

describe('the fresh ratio', () => {
  it('is a quarter for 25 outside and 75 own (T14)', () => {
    const fresh = new FreshRatio();
    for (let n = 0; n < 100; n++) {
      fresh.add({ seconds: n / 10, durationSeconds: 1, outside: n % 4 === 0 });
    }
    expect(fresh.at(10)).toBe(0.25);
  });

  it('counts by duration, within its window, and is unknown when nothing was heard', () => {
    const fresh = new FreshRatio(60);
    expect(fresh.at(0)).toBeUndefined();
    fresh.add({ seconds: 0, durationSeconds: 3, outside: false });
    fresh.add({ seconds: 50, durationSeconds: 1, outside: true });
    expect(fresh.at(55)).toBe(0.25);
    expect(fresh.at(90)).toBe(1);
    expect(fresh.at(200)).toBeUndefined();
  });
});

describe('novelty', () => {
  it('counts what is unlike everything before, per hour', () => {
    const novelty = new Novelty();
    const start = cloud(0).slice(0, 12);
    for (const feature of start) novelty.add(feature, 0);
    expect(novelty.add(start[3] as Feature, 30)).toBe(false);
    expect(novelty.add(spot(100, 0), 40)).toBe(true);
    expect(novelty.add(spot(100, 0), 50)).toBe(false);
    expect(novelty.perHour(10)).toBeUndefined();
    expect(novelty.perHour(60)).toBe(60);
    expect(novelty.perHour(7200)).toBe(0);
  });
});

describe('loss and quantiles', () => {
  it('says ten lost, 10.0 %, when 10 to 19 of 100 were dropped (T16)', () => {
    const counts = { sent: 0, dropped: 0 };
    for (let sequence = 1; sequence <= 100; sequence++) {
      counts.sent++;
      if (sequence >= 10 && sequence <= 19) counts.dropped++;
    }
    const { lost, percent } = lossOf(counts);
    expect(`${lost} lost, ${percent.toFixed(1)} %`).toBe('10 lost, 10.0 %');
    expect(lossOf({ sent: 0, dropped: 0 }).percent).toBe(0);
  });

  it('takes the nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect(quantile(values, 0.5)).toBe(50);
    expect(quantile(values, 0.95)).toBe(95);
    expect(quantile([], 0.95)).toBe(0);
  });
});
