import { eachSpectrum, RealFft } from '../../audio/index.js';
import type { Random } from '../../core/index.js';

const SIZE = 1024;
const CUT = { fftSize: SIZE, hopLength: 256, margin: 384 };

/** The mean power spectrum of sounds, 513 bins, over all their frames. */
export function meanSpectrum(sounds: readonly Float32Array[]): Float64Array {
  const power = new Float64Array(SIZE / 2 + 1);
  let frames = 0;
  for (const sound of sounds) {
    eachSpectrum(sound, CUT, ({ re, im }) => {
      for (let k = 0; k < power.length; k++) power[k]! += re[k]! ** 2 + im[k]! ** 2;
      frames += 1;
    });
  }
  return power.map((sum) => sum / Math.max(1, frames));
}

/**
 * White noise whose power spectrum is the given one on average: normal samples through a
 * zero-phase filter of 1024 taps. As loud as the sounds the spectrum was taken from.
 */
export function shapedNoise(power: Float64Array, samples: number, random: Random): Float32Array {
  const taps = tapsOf(power);
  const out = new Float32Array(samples);
  const fft = new RealFft(2 * SIZE);
  const response = responseOf(taps);
  const block = new Float64Array(2 * SIZE);
  for (let start = -SIZE; start < samples; start += SIZE) {
    block.fill(0);
    for (let n = 0; n < SIZE; n++) block[n] = random.normal();
    fft.forward(block);
    for (let k = 0; k < fft.bins; k++) multiply(fft, response, k);
    fft.inverse(block);
    for (let n = Math.max(0, -start); n < 2 * SIZE && start + n < samples; n++) {
      out[start + n]! += block[n]!;
    }
  }
  return out;
}

/**
 * Noise at the loudness of a sound of the same length: each stretch of 1024 samples as loud as the
 * sound's there, with straight lines between.
 */
export function following(noise: Float32Array, sound: Float32Array): Float32Array {
  const gains = Array.from({ length: Math.ceil(sound.length / SIZE) + 1 }, (_, i) => {
    const from = Math.max(0, i * SIZE - SIZE / 2);
    return rmsOf(sound, from) / Math.max(rmsOf(noise, from), 1e-9);
  });
  return noise.map((x, n) => {
    const i = Math.floor(n / SIZE);
    return x * (gains[i]! + (n / SIZE - i) * (gains[i + 1]! - gains[i]!));
  });
}

function rmsOf(samples: Float32Array, from: number): number {
  const part = samples.subarray(from, from + SIZE);
  return Math.sqrt(part.reduce((sum, x) => sum + x * x, 0) / Math.max(1, part.length));
}

interface Response {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function multiply(fft: RealFft, { re, im }: Response, k: number): void {
  const [a, b] = [fft.re[k]!, fft.im[k]!];
  fft.re[k] = a * re[k]! - b * im[k]!;
  fft.im[k] = a * im[k]! + b * re[k]!;
}

/** The filter's impulse response, turned so that its middle is in the middle. */
function tapsOf(power: Float64Array): Float64Array {
  const fft = new RealFft(SIZE);
  // Noise of deviation 1 has the power Σw² in every bin of a frame windowed with w: 3/8 · 1024.
  for (let k = 0; k < fft.bins; k++) {
    fft.re[k] = Math.sqrt(power[k]! / (0.375 * SIZE));
    fft.im[k] = 0;
  }
  const taps = new Float64Array(SIZE);
  fft.inverse(taps);
  return taps.map((_, n) => taps[(n + SIZE / 2) % SIZE]!);
}

function responseOf(taps: Float64Array): Response {
  const fft = new RealFft(2 * SIZE);
  const padded = new Float64Array(2 * SIZE);
  padded.set(taps);
  fft.forward(padded);
  return { re: Float64Array.from(fft.re), im: Float64Array.from(fft.im) };
}
