import type { Audio } from '../core/index.js';
import { melBank, throughBank } from './mel-bank.js';
import { monoOf } from './mono.js';
import { rmsOf } from './spectral.js';
import { type StftOptions, eachSpectrum, framesOf } from './stft.js';

/** One beginning of a note. */
export interface Onset {
  readonly sample: number;
  /** Mean rise over the bands in decibels. */
  readonly strengthDb: number;
}

/** When a rise counts as an onset. */
export interface OnsetOptions {
  /** How far it must stand out over its surroundings; 3 dB by default. */
  readonly thresholdDb?: number;
  /** The least time between two; 60 ms by default. */
  readonly gapSeconds?: number;
}

const HOP = 512;
const BANDS = 40;
const FLOOR_DB = -60;
const AROUND = 8;
const CUT: StftOptions = { fftSize: 2048, hopLength: HOP, margin: 1024 };

/**
 * How much each frame of 512 samples rises over the one before, in decibels averaged over 40 mel
 * bands: spectral flux, [1 + ⌊N / 512⌋]. Bands under −60 dB count as that, so that noise does not.
 */
export function onsetStrength(audio: Audio): Float32Array {
  const samples = monoOf(audio);
  const bank = melBank({ sampleRate: audio.sampleRate, fftSize: CUT.fftSize, bands: BANDS });
  const power = new Float64Array(bank.bins);
  const bands = new Float64Array(BANDS);
  const last = new Float64Array(BANDS).fill(FLOOR_DB);
  const strength = new Float32Array(framesOf(samples.length, CUT));
  eachSpectrum(samples, CUT, ({ re, im }, t) => {
    for (let k = 0; k < bank.bins; k++) power[k] = re[k]! * re[k]! + im[k]! * im[k]!;
    throughBank(bank, power, bands);
    let rise = 0;
    for (let b = 0; b < BANDS; b++) {
      const db = Math.max(FLOOR_DB, 10 * Math.log10(bands[b]! + 1e-20));
      rise += Math.max(0, db - last[b]!);
      last[b] = db;
    }
    strength[t] = rise / BANDS;
  });
  return strength;
}

/**
 * Where notes begin: peaks of the onset strength that stand out over their surroundings and after
 * which the sound is no quieter than before, so that a note cut off is none.
 */
export function onsets(audio: Audio, options: OnsetOptions = {}): Onset[] {
  const { thresholdDb = 3, gapSeconds = 0.06 } = options;
  const strength = onsetStrength(audio);
  const samples = monoOf(audio);
  const found: Onset[] = [];
  for (let t = 0; t < strength.length; t++) {
    const near = strength.subarray(Math.max(0, t - AROUND), t + AROUND + 1);
    const mean = near.reduce((sum, x) => sum + x, 0) / near.length;
    const sample = t * HOP;
    const free = sample - (found.at(-1)?.sample ?? -Infinity) >= gapSeconds * audio.sampleRate;
    const tops = strength[t]! >= Math.max(strength[t - 1] ?? 0, strength[t + 1] ?? 0);
    if (tops && free && strength[t]! > mean + thresholdDb && grows(samples, sample)) {
      found.push({ sample, strengthDb: strength[t]! });
    }
  }
  return found;
}

/** Frames that reach past the end of the sound hear its edge, so nothing begins there. */
function grows(samples: Float32Array, sample: number): boolean {
  if (sample + CUT.margin > samples.length) return false;
  const before = samples.subarray(Math.max(0, sample - 2 * HOP), Math.max(0, sample - HOP));
  const after = samples.subarray(sample + HOP, sample + 2 * HOP);
  return loudness(after) > 0.7 * loudness(before);
}

function loudness(samples: Float32Array): number {
  return samples.length === 0 ? 0 : rmsOf(samples, 0, samples.length);
}
