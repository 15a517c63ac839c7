import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockDc,
  dcBlock,
  fromDb,
  peakDb,
  rmsDb,
  scrub,
  toDb,
  truePeakDb,
} from '../../src/audio/index.js';
import { tone } from './fixture.js';

describe('levels', () => {
  it('are −6 and −9 dB for a sine of half the scale, and −∞ for silence', () => {
    const sine = tone(441, 0.5);
    expect(peakDb(sine)).toBeCloseTo(-6.02, 2);
    expect(rmsDb(sine)).toBeCloseTo(-9.03, 2);
    expect(peakDb({ sampleRate: 1, channels: [new Float32Array(3)] })).toBe(-Infinity);
    expect(rmsDb({ sampleRate: 1, channels: [] })).toBe(-Infinity);
    expect(peakDb({ sampleRate: 1, channels: [Float32Array.of(0, Number.NaN, 1)] })).toBeNaN();
    expect(toDb(fromDb(-12))).toBeCloseTo(-12);
  });

  it('find the peak between the samples of a tone at a quarter of the rate', () => {
    const between = Float32Array.from({ length: 400 }, (_, n) => {
      return 0.5 * Math.sin((Math.PI / 2) * n + Math.PI / 4);
    });
    const audio = { sampleRate: 44_100, channels: [between] };
    expect(peakDb(audio)).toBeCloseTo(-9.03, 2);
    expect(truePeakDb(audio)).toBeGreaterThan(-6.1);
    expect(truePeakDb(audio)).toBeLessThan(-5.5);
  });
});

describe('the DC block', () => {
  it('takes the mean out, leaves the tone, and does not care how the blocks fall', () => {
    const sine = tone(441, 1).channels[0]!.map((x) => x + 0.3);
    const whole = sine.slice();
    blockDc(whole, dcBlock(), 44_100);
    const state = dcBlock();
    const parts = sine.slice();
    for (let n = 0; n < parts.length; n += 700) blockDc(parts.subarray(n, n + 700), state, 44_100);
    expect(parts).toEqual(whole);
    const late = whole.subarray(22_050);
    expect(Math.abs(late.reduce((sum, x) => sum + x, 0) / late.length)).toBeLessThan(1e-3);
    expect(peakDb({ sampleRate: 44_100, channels: [late] })).toBeCloseTo(-6.02, 1);
  });
});

describe('the scrub', () => {
  it('leaves sound alone', () => {
    const samples = tone(441, 0.01).channels[0]!;
    expect(scrub(samples)).toEqual({ samples, count: 0 });
  });

  it('replaces what is no number by silence without a jump', () => {
    const samples = new Float32Array(1000).fill(0.5);
    samples.set([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], 500);
    const { samples: clean, count } = scrub(samples);
    expect(count).toBe(3);
    const steps = clean.subarray(1).map((x, n) => Math.abs(x - clean[n]!));
    expect(Math.max(...steps)).toBeLessThan(0.5 / 60);
    expect([clean[0], clean[501], clean[999]]).toEqual([0.5, 0, 0.5]);
  });

  it('always gives finite samples, no louder than before', () => {
    fc.assert(
      fc.property(fc.float32Array({ maxLength: 300 }), (samples) => {
        const clean = scrub(samples).samples;
        expect(
          clean.every((x, n) => Number.isFinite(x) && !(Math.abs(x) > Math.abs(samples[n]!))),
        ).toBe(true);
      }),
    );
  });
});
