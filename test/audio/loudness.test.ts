import { describe, expect, it } from 'vitest';
import { IntegratedLoudness, LoudnessMeter, lufsOf } from '../../src/audio/index.js';
import { kWeighting } from '../../src/audio/k-weighting.js';

type Part = readonly [seconds: number, dbfs: number];

/** A stereo tone of 1 kHz whose peaks are so many dB under full scale, in parts. */
function tone(parts: readonly Part[], rate = 48_000): Float32Array {
  const lengths = parts.map(([seconds]) => Math.round(seconds * rate));
  const out = new Float32Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const [i, length] of lengths.entries()) {
    const amplitude = 10 ** (parts[i]![1] / 20);
    for (let n = at; n < at + length; n++) {
      out[n] = amplitude * Math.sin((2 * Math.PI * 1000 * n) / rate);
    }
    at += length;
  }
  return out;
}

function integrated(parts: readonly Part[], sampleRate = 48_000, block = 10_007): number {
  const whole = new IntegratedLoudness({ sampleRate, channels: 2 });
  const samples = tone(parts, sampleRate);
  for (let n = 0; n < samples.length; n += block) {
    const part = samples.subarray(n, n + block);
    whole.add([part, part]);
  }
  return whole.lufs;
}

describe('loudness', () => {
  it('weighs by the coefficients that the standard gives for 48 kHz', () => {
    const { shelf, highPass } = kWeighting(48_000);
    const close = (values: readonly number[]): unknown[] => values.map((x) => expect.closeTo(x, 9));
    expect(shelf.b).toEqual(close([1.53512485958697, -2.69169618940638, 1.19839281085285]));
    expect(shelf.a).toEqual(close([-1.69065929318241, 0.73248077421585]));
    expect(highPass.b).toEqual(close([1, -2, 1]));
    expect(highPass.a).toEqual(close([-1.99004745483398, 0.99007225036621]));
  });

  // EBU Tech 3341, cases 1 to 5: each ±0.1 LU.
  it.each<readonly [string, number, readonly Part[]]>([
    ['1, a steady tone', -23, [[20, -23]]],
    ['2, one 10 dB softer', -33, [[20, -33]]],
    [
      '3, softer ends are gated',
      -23,
      [
        [10, -36],
        [60, -23],
        [10, -36],
      ],
    ],
    [
      '4, so are nearly silent ones',
      -23,
      [
        [10, -72],
        [10, -36],
        [60, -23],
        [10, -36],
        [10, -72],
      ],
    ],
    [
      '5, a softer middle is not',
      -23,
      [
        [20, -26],
        [20.1, -20],
        [20, -26],
      ],
    ],
  ])('of a whole is as the EBU says: case %s', (_, lufs, parts) => {
    expect(Math.abs(integrated(parts) - lufs)).toBeLessThan(0.1);
  });

  it.each([
    [96_000, 0.1],
    [44_100, 0.1],
    [22_050, 0.1],
    [8000, 0.25],
  ])('is the same at %i samples a second, within %f LU', (rate, tolerance) => {
    expect(Math.abs(integrated([[4, -23]], rate) + 23)).toBeLessThan(tolerance);
  });

  it('does not care how the blocks fall', () => {
    const parts: readonly Part[] = [
      [1, -30],
      [1.23, -18],
    ];
    expect(integrated(parts, 8000, 777)).toBeCloseTo(integrated(parts, 8000, 8000), 9);
  });

  // EBU Tech 3341, cases 9 and 12: constant within 0.1 LU once the window is full.
  it.each<readonly [string, readonly Part[], number]>([
    [
      '3 s',
      [
        [1.34, -20],
        [1.66, -30],
      ],
      3,
    ],
    [
      '400 ms',
      [
        [0.18, -20],
        [0.22, -30],
      ],
      1,
    ],
  ])('of the last %s stays the same while a tone goes up and down', (window, beat, from) => {
    const meter = new LoudnessMeter({ sampleRate: 48_000, channels: 2 });
    const samples = tone(Array.from({ length: Math.ceil(9 / from) }, () => beat).flat());
    const read: number[] = [];
    meter.add([samples, samples], (at) => {
      if (at <= from * 48_000) return;
      const short = meter.shortTermLufs as number;
      read.push(window === '3 s' ? short : lufsOf(meter.momentaryPower as number));
    });
    expect(read.length).toBeGreaterThan(10);
    for (const lufs of read) expect(Math.abs(lufs + 23)).toBeLessThan(0.1);
  });

  it('of silence, and of less than a window, is nothing', () => {
    expect(integrated([[2, -200]])).toBe(-Infinity);
    expect(integrated([[0.3, -3]])).toBe(-Infinity);
  });
});
