import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IntegratedLoudness, LoudnessRide } from '../../src/audio/index.js';

const RATE = 8000;
const TARGET = -23;

/** A mono tone at 500 Hz whose peaks are so many dB under full scale; its loudness is 2.6 less. */
function tone(seconds: number, dbfs: number): Float32Array {
  const amplitude = 10 ** (dbfs / 20);
  return Float32Array.from({ length: Math.round(seconds * RATE) }, (_, n) => {
    return amplitude * Math.sin((2 * Math.PI * 500 * n) / RATE);
  });
}

function joined(...parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

function ridden(samples: Float32Array): Float32Array {
  const ride = new LoudnessRide({ sampleRate: RATE, channels: 1, targetLufs: TARGET });
  const out = samples.slice();
  for (let at = 0; at < out.length; at += 4096) ride.process([out.subarray(at, at + 4096)]);
  return out;
}

function lufs(samples: Float32Array): number {
  const whole = new IntegratedLoudness({ sampleRate: RATE, channels: 1 });
  whole.add([samples]);
  return whole.lufs;
}

describe('the loudness ride', () => {
  it.each([-30, -23, -12])('brings a tone of %f dB to the target within its time', (dbfs) => {
    const out = ridden(tone(45, dbfs));
    expect(lufs(out.subarray(30 * RATE))).toBeCloseTo(TARGET, 1);
  });

  it('goes no faster than half a decibel a second, and no further than twelve', () => {
    const softer = tone(60, -50);
    const out = ridden(softer);
    const gainAt = (seconds: number): number => {
      const [a, b] = [softer, out].map((x) =>
        lufs(x.subarray(seconds * RATE, (seconds + 1) * RATE)),
      );
      return b! - a!;
    };
    expect(gainAt(10)).toBeGreaterThan(4.5);
    expect(gainAt(10)).toBeLessThan(0.5 * 10.5);
    expect(gainAt(59)).toBeCloseTo(12, 1);
  });

  it('waits in rests instead of drawing them up', () => {
    const sound = tone(20, -30);
    const out = ridden(joined(sound, new Float32Array(60 * RATE), sound));
    const before = lufs(out.subarray(19 * RATE, 20 * RATE));
    const after = lufs(out.subarray(80 * RATE, 81 * RATE));
    expect(Math.abs(after - before)).toBeLessThan(2);
  });

  it('does not care how the blocks fall, and goes on from what it remembers', () => {
    const samples = joined(tone(2, -30), tone(3, -8));
    const whole = new LoudnessRide({ sampleRate: RATE, channels: 1, targetLufs: TARGET });
    const expected = samples.slice();
    whole.process([expected]);
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: samples.length - 1 }), { maxLength: 4 });
    fc.assert(
      fc.property(cuts, (places) => {
        const out = samples.slice();
        let ride = new LoudnessRide({ sampleRate: RATE, channels: 1, targetLufs: TARGET });
        let from = 0;
        for (const to of [...places.toSorted((a, b) => a - b), out.length]) {
          ride.process([out.subarray(from, to)]);
          const next = new LoudnessRide({ sampleRate: RATE, channels: 1, targetLufs: TARGET });
          next.recall(structuredClone(ride.memory()));
          [ride, from] = [next, to];
        }
        expect(Math.max(...out.map((x, n) => Math.abs(x - expected[n]!)))).toBeLessThan(1e-6);
      }),
      { numRuns: 15 },
    );
  });
});
