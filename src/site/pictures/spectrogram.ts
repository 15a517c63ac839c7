import { PALETTE, eachSpectrum, framesOf, melBank, throughBank } from '../../audio/index.js';
import { encodeIndexedPng } from './indexed-png.js';

const COLOURS = 48;
const FFT_SIZE = 4096;
const HIGHEST_HZ = 10_000;
const RANGE_DB = 75;
const QUIET = 1e-10;

/** The size of a spectrogram in pixels. */
export interface SpectrogramSize {
  readonly columns: number;
  readonly bands: number;
}

/**
 * A mel-spectrogram as PNG: time to the right, frequency upward to 10 kHz, light is loud; black is
 * 75 dB below the loudest point. Every column shows all of its stretch of time, at its loudest.
 */
export function melPicture(
  samples: Float32Array,
  sampleRate: number,
  { columns, bands }: SpectrogramSize,
): Uint8Array {
  const levels = bandLevels(samples, sampleRate, { columns, bands });
  const width = Math.max(1, levels.length / bands);
  const loudest = levels.reduce((most, level) => Math.max(most, level), -100);
  const pixels = new Uint8Array(width * bands);
  for (let x = 0; x < levels.length / bands; x++) {
    for (let band = 0; band < bands; band++) {
      const share = 1 + (levels[x * bands + band]! - loudest) / RANGE_DB;
      const colour = Math.round(Math.min(Math.max(share, 0), 1) * (COLOURS - 1));
      pixels[(bands - 1 - band) * width + x] = colour;
    }
  }
  return encodeIndexedPng({ width, height: bands, colours: palette(), pixels });
}

/** Levels in dB, column by column. */
function bandLevels(
  samples: Float32Array,
  sampleRate: number,
  { columns, bands }: SpectrogramSize,
): Float32Array {
  const perColumn = Math.max(1, Math.ceil(samples.length / columns / FFT_SIZE));
  const hopLength = Math.max(64, Math.floor(samples.length / columns / perColumn));
  const cut = { fftSize: FFT_SIZE, hopLength, margin: FFT_SIZE / 2, padding: 'silence' } as const;
  const bank = melBank({ sampleRate, fftSize: FFT_SIZE, bands, fMax: highest(sampleRate) });
  const frames = framesOf(samples.length, cut);
  const width = Math.max(1, Math.min(columns, Math.floor(frames / perColumn)));
  const levels = new Float32Array(width * bands).fill(-100);
  const power = new Float64Array(FFT_SIZE / 2 + 1);
  const sums = new Float64Array(bands);
  eachSpectrum(samples, cut, ({ re, im }, t) => {
    for (let k = 0; k < power.length; k++) power[k] = re[k]! ** 2 + im[k]! ** 2;
    const column = Math.min(Math.floor(t / perColumn), width - 1);
    throughBank(bank, power, sums);
    for (let band = 0; band < bands; band++) {
      const at = column * bands + band;
      levels[at] = Math.max(levels[at]!, 10 * Math.log10(sums[band]! + QUIET));
    }
  });
  return levels;
}

function highest(sampleRate: number): number {
  return Math.min(HIGHEST_HZ, sampleRate / 2);
}

function palette(): readonly (readonly [number, number, number])[] {
  return Array.from({ length: COLOURS }, (_, i) => {
    const place = (i / (COLOURS - 1)) * (PALETTE.length - 1);
    const index = Math.min(Math.floor(place), PALETTE.length - 2);
    const [from, to] = [PALETTE[index]!, PALETTE[index + 1]!];
    const mixed = (c: 0 | 1 | 2): number =>
      Math.round(from[c] + (to[c] - from[c]) * (place - index));
    return [mixed(0), mixed(1), mixed(2)] as const;
  });
}
