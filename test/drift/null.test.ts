import { beforeAll, describe, expect, it } from 'vitest';
import type { BiasCurve, BiasCurves, MeasureName } from '../../src/drift/index.js';
import { wordsOf } from '../../src/drift/index.js';
import { casting, link } from '../swarm/play.js';
import { SAMPLE_RATE, curvesOf, parrot, passer, source } from './loops.js';

/** Loops are played while other tests are. */
const PATIENCE_MS = 120_000;

function curve(all: BiasCurves, measure: MeasureName): BiasCurve {
  return all.curves.find((one) => one.measure === measure) as BiasCurve;
}

function values(all: BiasCurves, measure: MeasureName): number[] {
  return curve(all, measure).points.map(({ estimate }) =>
    'value' in estimate ? estimate.value : Number.NaN,
  );
}

/** A source and one agent that hears itself every ten seconds. */
const around = (delaySeconds: number, laps: number) => [
  link('source', 'loop'),
  link('loop', 'loop', { delaySamples: delaySeconds * SAMPLE_RATE, laps }),
];

describe('an identity agent in a loop', () => {
  let all: BiasCurves;

  beforeAll(async () => {
    const cast = [casting('source', { count: 16 }, source), casting('loop', {}, passer)];
    const options = { seconds: 90, agents: ['loop'], resamples: 40 };
    all = await curvesOf(cast, around(18, 4), options);
  }, PATIENCE_MS);

  it('drifts by nothing at any lap', () => {
    const { points } = curve(all, 'drift');
    expect(points.map(({ from, count }) => [from, count])).toEqual(
      Array.from({ length: 5 }, (_, lap) => [lap, 16]),
    );
    for (const { estimate } of points) {
      if (!('value' in estimate)) throw new Error(estimate.undefinedBecause);
      expect(estimate.value).toBeLessThan(1e-4);
      expect(estimate.low).toBeLessThanOrEqual(estimate.value);
      expect(estimate.value).toBeLessThan(estimate.chance as number);
    }
    expect(wordsOf(curve(all, 'drift'), 'lap')).toMatch(/^never beyond what chance gives/);
  });

  it.each(['variety', 'spread', 'centroid', 'flatness', 'repetition'] as const)(
    'keeps its %s, and its words say so',
    (measure) => {
      const [first, ...others] = values(all, measure);
      expect(first).not.toBeNaN();
      for (const value of others) expect(value).toBeCloseTo(first as number, 6);
      expect(wordsOf(curve(all, measure), 'lap')).toMatch(/^stays at/);
    },
  );

  it('is fresh at lap 0 alone', () => {
    expect(values(all, 'fresh')).toEqual([100, 0, 0, 0, 0]);
  });
});

describe('a known low-pass agent in a loop', () => {
  const POLE = 0.5;
  let all: BiasCurves;

  beforeAll(async () => {
    const cast = [
      casting('source', { count: 8, colour: 'white' }, source),
      casting('loop', { pole: POLE }, passer),
    ];
    const measures = ['drift', 'centroid', 'flatness'] as const;
    const options = { seconds: 75, agents: ['loop'], measures, resamples: 40 };
    all = await curvesOf(cast, around(10, 6), options);
  }, PATIENCE_MS);

  /** |H(f)| of the one-pole at every bin of the descriptors' spectrum. */
  const response = Array.from({ length: 1025 }, (_, k) => {
    const w = (Math.PI * k) / 1024;
    return (1 - POLE) / Math.hypot(1 - POLE * Math.cos(w), POLE * Math.sin(w));
  });
  const mean = (list: readonly number[]): number =>
    list.reduce((sum, x) => sum + x, 0) / list.length;

  it('lets the centroid fall as the powers of its response predict', () => {
    const measured = values(all, 'centroid');
    expect(measured).toHaveLength(7);
    measured.forEach((hertz, lap) => {
      // White noise has like magnitudes everywhere; at lap n it went through n + 1 times.
      const shape = response.map((h) => h ** (lap + 1));
      const moment = shape.reduce((sum, h, k) => sum + (h * k * SAMPLE_RATE) / 2048, 0);
      const predicted = moment / (mean(shape) * shape.length);
      expect(Math.abs(hertz / predicted - 1)).toBeLessThan(0.015);
    });
  });

  it('lets the flatness fall as the ratio of the means of its powers predicts', () => {
    const measured = values(all, 'flatness');
    measured.forEach((decibels, lap) => {
      const power = response.map((h) => h ** (2 * (lap + 1)));
      const flat = Math.exp(mean(power.map(Math.log))) / mean(power);
      // The log of an exponential variable lies Euler's constant below that of its mean.
      const predicted = 10 * Math.log10(flat) - 10 * 0.577_215_66 * Math.LOG10E;
      expect(Math.abs(decibels - predicted)).toBeLessThan(0.25);
    });
  });

  it('drifts further from lap 0 with every lap, beyond chance', () => {
    const drift = values(all, 'drift');
    expect(drift).toEqual(drift.toSorted((a, b) => a - b));
    expect(drift.at(-1)).toBeGreaterThan(5);
    expect(wordsOf(curve(all, 'drift'), 'lap')).toMatch(/^beyond chance from lap 1 on/);
    expect(wordsOf(curve(all, 'centroid'), 'lap')).toMatch(/^falls from \d+ to \d+ Hz by lap 6$/);
  });
});

describe('a closed loop', () => {
  const SHARES = [0, 0.1, 0.3, 1];
  const SEEDS = Array.from({ length: 10 }, (_, i) => i + 1);
  const WINDOW = 12;

  /** By seed, and by share. */
  let runs: readonly (readonly BiasCurves[])[];

  beforeAll(async () => {
    const all: BiasCurves[][] = [];
    for (const seed of SEEDS) {
      all.push(await Promise.all(SHARES.map((fresh) => loopOf(fresh, seed))));
    }
    runs = all;
  }, PATIENCE_MS);

  function loopOf(fresh: number, seed: number): Promise<BiasCurves> {
    const cast = [
      casting('source', { count: fresh === 0 ? 5 : 72, seconds: 0.8 }, source),
      casting('parrot', { fresh }, parrot),
    ];
    const links = [
      { ...link('source', 'parrot'), to: { agent: 'parrot', port: 'fresh' } },
      {
        ...link('parrot', 'parrot', { delaySamples: SAMPLE_RATE / 2 }),
        to: { agent: 'parrot', port: 'own' },
      },
    ];
    const measures = ['spread', 'variety', 'fresh'] as const;
    const options = { along: 'time', windowSeconds: WINDOW, measures, resamples: 20 } as const;
    return curvesOf(cast, links, { ...options, seconds: 72, seed, agents: ['parrot'] });
  }

  /** The level at which a measure settles: its mean over the second half. */
  const level = (all: BiasCurves, measure: MeasureName): number => {
    const half = values(all, measure).slice(3, 6);
    return half.reduce((sum, x) => sum + x, 0) / half.length;
  };

  it('loses its variety', () => {
    const closed = runs.map(([first]) => first as BiasCurves);
    const start = closed.reduce((sum, all) => sum + (values(all, 'spread')[0] as number), 0);
    const end = closed.reduce((sum, all) => sum + level(all, 'spread'), 0);
    expect(end).toBeLessThan(0.25 * start);
  });

  it('settles at levels ordered by the share of fresh sound', () => {
    for (const measure of ['spread', 'variety'] as const) {
      const levels = SHARES.map(
        (_, i) => runs.reduce((sum, run) => sum + level(run[i] as BiasCurves, measure), 0) / 10,
      );
      expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    }
  });

  it('has the fresh ratio that was put in', () => {
    SHARES.forEach((share, i) => {
      const sum = runs.reduce((all, run) => all + level(run[i] as BiasCurves, 'fresh'), 0);
      expect(Math.abs(sum / 10 - 100 * share)).toBeLessThan(4);
    });
  });
});
