import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MixTimeline, concatenateUnits, crossfade, fadeEnds } from '../../src/audio/index.js';
import { seededNoise } from './limiter-fixture.js';

describe('joining units', () => {
  it('keeps a constant constant in a linear fade', () => {
    const ones = new Float32Array(100).fill(1);
    const out = concatenateUnits([ones, ones, ones], { crossfadeSamples: 30, shape: 'linear' });
    expect(out).toHaveLength(240);
    expect(out.every((x) => Math.abs(x - 1) < 1e-6)).toBe(true);
  });

  it('keeps the power of unrelated sounds in a power fade', () => {
    const noise = seededNoise(40_000, 1);
    const [a, b] = [noise.slice(0, 20_000), noise.slice(20_000)];
    const out = crossfade(a, b, { crossfadeSamples: 20_000 });
    const power = out.reduce((sum, x) => sum + x * x, 0) / out.length;
    expect(power).toBeCloseTo(1 / 3, 1);
  });

  it('has the length of its units less their overlaps, whatever they are', () => {
    const units = fc.array(fc.nat(50), { maxLength: 8 });
    fc.assert(
      fc.property(units, fc.nat(40), (lengths, crossfadeSamples) => {
        const out = concatenateUnits(
          lengths.map((n) => new Float32Array(n).fill(1)),
          {
            crossfadeSamples,
          },
        );
        const kept = lengths.filter((n) => n > 0);
        const overlaps = kept.slice(1).map((n, i) => Math.min(n, kept[i]!, crossfadeSamples));
        const sum = (list: readonly number[]): number => list.reduce((s, n) => s + n, 0);
        expect(out).toHaveLength(sum(kept) - sum(overlaps));
        expect(out.every((x) => Number.isFinite(x))).toBe(true);
      }),
    );
  });

  it('plays units unchanged without a crossfade', () => {
    const out = concatenateUnits([Float32Array.of(1, 2), Float32Array.of(3)], {
      crossfadeSamples: 0,
    });
    expect(Array.from(out)).toEqual([1, 2, 3]);
  });

  it('fades ends to nothing', () => {
    const samples = new Float32Array(100).fill(1);
    fadeEnds(samples, 10);
    expect([samples[0], samples[50], samples[99]]).toEqual([0, 1, 0]);
  });
});

describe('the mixing timeline', () => {
  it('adds up what overlaps and gives silence where nothing is', () => {
    const mix = new MixTimeline(1);
    mix.add(2, [Float32Array.of(1, 1, 1)]);
    mix.add(3, [Float32Array.of(1, 1, 1)], 0.5);
    expect(Array.from(mix.take(4)[0]!)).toEqual([0, 0, 1, 1.5]);
    expect(Array.from(mix.take(8)[0]!)).toEqual([1.5, 0.5, 0, 0]);
    expect([mix.start, mix.end]).toEqual([8, 8]);
  });

  it('cuts what comes late and counts it', () => {
    const mix = new MixTimeline(1, 10);
    mix.add(8, [Float32Array.of(1, 2, 3)]);
    mix.add(0, [Float32Array.of(1, 2)]);
    expect(mix.lateSamples).toBe(4);
    expect(Array.from(mix.take(12)[0]!)).toEqual([3, 0]);
    expect(mix.take(11)[0]).toHaveLength(0);
  });

  it('spreads mono over all channels and folds more channels in', () => {
    const stereo = new MixTimeline(2);
    stereo.add(0, [Float32Array.of(1)]);
    expect(stereo.take(1).map((c) => c[0])).toEqual([1, 1]);
    const mono = new MixTimeline(1);
    mono.add(0, [Float32Array.of(1), Float32Array.of(2)]);
    expect(mono.take(1)[0]![0]).toBe(3);
  });

  it('gives the same sound however it is taken', () => {
    const sounds = fc.array(fc.tuple(fc.nat(50), fc.nat(30)), { maxLength: 10 });
    fc.assert(
      fc.property(sounds, fc.integer({ min: 1, max: 40 }), (list, step) => {
        const [whole, parts] = [new MixTimeline(1), new MixTimeline(1)];
        for (const [at, length] of list) {
          for (const mix of [whole, parts]) mix.add(at, [new Float32Array(length).fill(1)]);
        }
        const taken: number[] = [];
        for (let t = step; t - step < 100; t += step)
          taken.push(...parts.take(Math.min(t, 100))[0]!);
        expect(taken).toEqual(Array.from(whole.take(100)[0]!));
      }),
    );
  });
});
