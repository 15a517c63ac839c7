import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RealFft, framesOf, stft } from '../../src/audio/index.js';
import { tone } from './fixture.js';

const frame = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
  minLength: 32,
  maxLength: 32,
});

describe('the transform of a real frame', () => {
  it('is the sum it is defined by', () => {
    fc.assert(
      fc.property(frame, fc.integer({ min: 0, max: 16 }), (values, k) => {
        const fft = new RealFft(32);
        fft.forward(Float64Array.from(values));
        const angle = (n: number): number => (-2 * Math.PI * k * n) / 32;
        const re = values.reduce((sum, x, n) => sum + x * Math.cos(angle(n)), 0);
        const im = values.reduce((sum, x, n) => sum + x * Math.sin(angle(n)), 0);
        expect(fft.re[k]).toBeCloseTo(re, 10);
        expect(fft.im[k]).toBeCloseTo(im, 10);
      }),
    );
  });

  it('comes back whole', () => {
    fc.assert(
      fc.property(frame, (values) => {
        const fft = new RealFft(32);
        const back = new Float64Array(32);
        fft.forward(Float64Array.from(values));
        fft.inverse(back);
        values.forEach((x, n) => expect(back[n]).toBeCloseTo(x, 12));
      }),
    );
  });
});

describe('the short-time spectrum', () => {
  it('centres frame k on sample k · hop and peaks at the tone', () => {
    const samples = tone(44_100 / 16, 0.1).channels[0]!;
    const options = { fftSize: 256, hopLength: 64, margin: 128 };
    const { frames, bins, re, im } = stft(samples, options);
    expect(frames).toBe(framesOf(samples.length, options));
    expect(frames).toBe(1 + Math.floor(4410 / 64));
    const middle = Array.from({ length: bins }, (_, k) => {
      return Math.hypot(re[30 * bins + k]!, im[30 * bins + k]!);
    });
    expect(middle.indexOf(Math.max(...middle))).toBe(16);
    expect(middle[16]).toBeCloseTo(0.5 * 0.5 * 128, 3);
  });

  it('has no frame where the sound does not fill one', () => {
    expect(stft(new Float32Array(100), { fftSize: 256, hopLength: 64, margin: 0 }).frames).toBe(0);
  });
});
