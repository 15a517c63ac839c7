import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limiter, fromDb, seededNoise } from './limiter-fixture.js';

const RATE = 44_100;

function limited(samples: Float32Array, blocks: readonly number[], ceilingDb = -1): Float32Array {
  const limiter = new Limiter({ sampleRate: RATE, ceilingDb });
  const out: number[] = [];
  let at = 0;
  for (let i = 0; at < samples.length; i++) {
    const end = at + blocks[i % blocks.length]!;
    out.push(...limiter.process([samples.subarray(at, end)])[0]!);
    at = end;
  }
  out.push(...limiter.flush()[0]!);
  return Float32Array.from(out);
}

describe('the limiter', () => {
  it('lets quiet sound through unchanged, late by its latency', () => {
    const samples = seededNoise(3000, 0.5);
    const { latencySamples } = new Limiter({ sampleRate: RATE });
    const out = limited(samples, [512]);
    expect(latencySamples).toBe(221);
    expect(out).toHaveLength(3000 + latencySamples);
    expect(out.subarray(latencySamples)).toEqual(samples);
  });

  it('never lets a sample over the ceiling, without leaning on its safety clip', () => {
    const bursts = seededNoise(8000, 0.3).map((x, n) => (n % 2000 < 300 ? x * 12 : x));
    const out = limited(bursts, [441], -6);
    expect(Math.max(...out.map(Math.abs))).toBeLessThanOrEqual(fromDb(-6));
    const clipped = out.filter((x) => Math.abs(x) >= Math.fround(fromDb(-6))).length;
    expect(clipped).toBeLessThan(20);
  });

  it('does not care how the blocks fall', () => {
    const samples = seededNoise(2000, 3);
    const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 });
    const whole = limited(samples, [2000]);
    fc.assert(
      fc.property(sizes, (blocks) => {
        expect(limited(samples, blocks)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it('moves all channels together and takes what is no number for silence', () => {
    const limiter = new Limiter({ sampleRate: RATE, channels: 2, ceilingDb: -6 });
    const left = new Float32Array(2000).fill(2);
    const right = new Float32Array(2000).fill(0.4);
    right[700] = Number.NaN;
    right[701] = Number.POSITIVE_INFINITY;
    const [a, b] = limiter.process([left, right]);
    expect(a![1500]! / b![1500]!).toBeCloseTo(5, 5);
    expect(b![700 + limiter.latencySamples]).toBe(0);
    expect(b!.every(Number.isFinite)).toBe(true);
  });
});
