import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { peakDb, truePeakDb } from '../../src/audio/index.js';
import { Limiter } from './limiter-fixture.js';

const RATE = 48_000;

/** A sine of `amplitude` at `RATE / division`, swelling and fading so that it has no edges. */
function sine(division: number, degrees: number, amplitude = 1): Float32Array {
  const [length, fade] = [4800, 480];
  const phase = (degrees * Math.PI) / 180;
  return Float32Array.from({ length }, (_, n) => {
    const gain = Math.min(1, n / fade, (length - n) / fade);
    return gain * amplitude * Math.sin((2 * Math.PI * n) / division + phase);
  });
}

function meter(samples: Float32Array): number {
  return truePeakDb({ sampleRate: RATE, channels: [samples] });
}

function limited(samples: Float32Array, blocks: readonly number[], sampleRate = RATE): number[] {
  const limiter = new Limiter({ sampleRate, peaks: 'true' });
  const out: number[] = [];
  for (let at = 0, i = 0; at < samples.length; i++) {
    const end = at + blocks[i % blocks.length]!;
    out.push(...limiter.process([samples.subarray(at, end)])[0]!);
    at = end;
  }
  return [...out, ...limiter.flush()[0]!];
}

describe('the true-peak meter', () => {
  // EBU Tech 3341, cases 15 to 19, whose tolerance is +0.2 and −0.4 dB.
  it.each([
    ['fs/4 at 0°', 4, 0, 0.5, -6.02, -6.02],
    ['fs/4 at 45°', 4, 45, 0.5, -6.02, -9.03],
    ['fs/6 at 60°', 6, 60, 0.5, -6.02, -7.27],
    ['fs/8 at 67.5°', 8, 67.5, 0.5, -6.02, -6.71],
    ['fs/4 at 45° and over full scale', 4, 45, 1.41, 2.98, -0.03],
  ])('reads a sine of %s within 0.3 dB', (_, division, degrees, amplitude, dBTP, dBFS) => {
    const samples = sine(division, degrees, amplitude);
    expect(peakDb({ sampleRate: RATE, channels: [samples] })).toBeCloseTo(dBFS, 1);
    expect(Math.abs(meter(samples) - dBTP)).toBeLessThan(0.3);
  });

  it('sees a number that is none, and silence', () => {
    expect(meter(Float32Array.of(0, Number.NaN, 1))).toBeNaN();
    expect(meter(new Float32Array(100))).toBe(-Infinity);
  });
});

describe('the true-peak limiter', () => {
  it.each([
    ['fs/4 at 45°', sine(4, 45, 1)],
    ['fs/4 at 45°, 40 dB over', sine(4, 45, 100)],
    ['fs/6 at 60°', sine(6, 60, 4)],
    ['fs/3 at 10°', sine(3, 10, 4)],
    ['a square wave', Float32Array.from({ length: 4800 }, (_, n) => (n % 14 < 7 ? 1 : -1))],
    [
      'a turned phase',
      Float32Array.from({ length: 400 }, (_, n) => (n % 2 < 1 === n < 200 ? 1 : -1)),
    ],
  ])('holds %s under −1 dBTP', (_, samples) => {
    const out = Float32Array.from(limited(samples, [512]));
    expect(meter(samples)).toBeGreaterThan(-0.5);
    expect(meter(out)).toBeLessThanOrEqual(-1 + 0.1);
    expect(meter(out)).toBeGreaterThan(-1.5);
  });

  it('lets pass between the samples what one of samples alone does not see', () => {
    const plain = new Limiter({ sampleRate: RATE });
    const out = plain.process([sine(4, 45, 1.2)])[0]!;
    expect(peakDb({ sampleRate: RATE, channels: [out] })).toBeLessThanOrEqual(-1);
    expect(meter(out)).toBeGreaterThan(1);
  });

  it('holds any sound under its ceiling, however loud, sudden or dense, within 0.1 dB', () => {
    const gain = fc.float({ min: Math.fround(0.001), max: 200, noNaN: true });
    const part = fc.record({ gain, length: fc.integer({ min: 1, max: 900 }) });
    const parts = fc.array(part, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(parts, fc.integer(), fc.constantFrom(8000, RATE), (all, seed, rate) => {
        const random = seededRandom(seed, 'parts');
        const samples = all.flatMap((one) =>
          Array.from({ length: one.length }, () => one.gain * (2 * random.next() - 1)),
        );
        const out = Float32Array.from(limited(Float32Array.from(samples), [700], rate));
        expect(meter(out)).toBeLessThanOrEqual(-1 + 0.1);
      }),
      { numRuns: 60 },
    );
  });

  it('does not care how the blocks fall', () => {
    const random = seededRandom(1, 'blocks');
    const samples = Float32Array.from({ length: 2000 }, () => 3 * (2 * random.next() - 1));
    const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 });
    const whole = limited(samples, [2000]);
    fc.assert(
      fc.property(sizes, (blocks) => {
        expect(limited(samples, blocks)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it('leaves quiet sound alone, late by its latency, and no later than one of samples', () => {
    const samples = sine(7, 0, 0.8);
    const out = limited(samples, [100]);
    const { latencySamples } = new Limiter({ sampleRate: RATE, peaks: 'true' });
    expect(latencySamples).toBe(new Limiter({ sampleRate: RATE }).latencySamples);
    expect(out.slice(latencySamples)).toEqual([...samples]);
  });

  it('goes on from what it remembers as if it had never stopped', () => {
    const samples = sine(4, 45, 3);
    const whole = limited(samples, [4800]);
    for (const at of [1, 17, 700, 2401]) {
      const first = new Limiter({ sampleRate: RATE, peaks: 'true' });
      const early = first.process([samples.subarray(0, at)])[0]!;
      const second = new Limiter({ sampleRate: RATE, peaks: 'true' });
      second.recall(structuredClone(first.memory()));
      const late = second.process([samples.subarray(at)])[0]!;
      expect([...early, ...late, ...second.flush()[0]!]).toEqual(whole);
    }
  });

  it('goes on at the same gain from the memory of one that fell over another length', () => {
    const samples = sine(4, 45, 3);
    const old = new Limiter({ sampleRate: RATE });
    const before = old.process([samples.subarray(0, 2400)])[0]!;
    const now = new Limiter({ sampleRate: RATE, peaks: 'true' });
    now.recall(old.memory());
    const after = now.process([samples.subarray(2400)])[0]!;
    expect(Math.abs(after[0]! / samples[2400 - 240]!)).toBeCloseTo(
      Math.abs(before.at(-1)! / samples[2399 - 240]!),
      2,
    );
    expect(meter(after.subarray(300))).toBeLessThanOrEqual(-1 + 0.1);
  });
});
