import { RealFft } from './fft.js';
import { type Padding, padded } from './padding.js';
import { hann } from './window.js';

/** How a sound is cut into spectra: sizes in samples, a periodic Hann window of `fftSize`. */
export interface StftOptions {
  readonly fftSize: number;
  readonly hopLength: number;
  /** Samples added at each end; `fftSize / 2` centres frame k on sample k · hopLength. */
  readonly margin: number;
  readonly padding?: Padding;
}

/** Spectra of one sound, row by row: `re` and `im` hold `frames` rows of `fftSize / 2 + 1` bins. */
export interface Stft {
  readonly frames: number;
  readonly bins: number;
  readonly re: Float32Array;
  readonly im: Float32Array;
}

/** How many frames a sound of so many samples has; 0 where it does not fill one. */
export function framesOf(samples: number, options: StftOptions): number {
  const { fftSize, hopLength, margin } = options;
  return Math.max(0, 1 + Math.floor((samples + 2 * margin - fftSize) / hopLength));
}

/**
 * Visits every frame's spectrum in order without storing any: `visit(fft, frame)` reads `fft.re`
 * and `fft.im`, which the next frame overwrites.
 */
export function eachSpectrum(
  samples: Float32Array,
  options: StftOptions,
  visit: (fft: RealFft, frame: number) => void,
): void {
  const { fftSize, hopLength, margin, padding = 'reflect' } = options;
  const sound = padded(samples, margin, padding);
  const fft = new RealFft(fftSize);
  const window = hann(fftSize);
  const frame = new Float64Array(fftSize);
  const frames = framesOf(samples.length, options);
  for (let t = 0; t < frames; t++) {
    const start = t * hopLength;
    for (let n = 0; n < fftSize; n++) frame[n] = sound[start + n]! * window[n]!;
    fft.forward(frame);
    visit(fft, t);
  }
}

/** The whole complex short-time spectrum of a sound, un-normalised. */
export function stft(samples: Float32Array, options: StftOptions): Stft {
  const frames = framesOf(samples.length, options);
  const bins = options.fftSize / 2 + 1;
  const re = new Float32Array(frames * bins);
  const im = new Float32Array(frames * bins);
  eachSpectrum(samples, options, (fft, t) => {
    re.set(fft.re, t * bins);
    im.set(fft.im, t * bins);
  });
  return { frames, bins, re, im };
}
