import type { Audio, Descriptors } from '../core/index.js';
import { DELTA_WIDTH, delta } from './delta.js';
import { type MelBank, melBank, throughBank } from './mel-bank.js';
import { analysable } from './mono.js';
import { eachSpectrum, framesOf } from './stft.js';

/** Samples from one descriptor frame to the next unless said otherwise. */
export const DESCRIPTOR_HOP = 1024;
/** Samples of one descriptor frame. */
export const DESCRIPTOR_FRAME = 2048;
/** Names of the 39 columns: mfcc0–12 static, 13–25 slopes, 26–38 second derivatives. */
export const MFCC39_NAMES: readonly string[] = Array.from({ length: 39 }, (_, i) => `mfcc${i}`);

const COEFFICIENTS = 13;
const MEL_BANDS = 128;
const POWER_MIN = 1e-10;
const TOP_DB = 80;

/** How far apart the frames are, in samples. */
export interface HopOptions {
  readonly hopLength?: number;
}

/** The least samples that have an MFCC-39 at a hop: nine frames for the derivatives. */
export function mfcc39SamplesMin(hopLength: number = DESCRIPTOR_HOP): number {
  return (DELTA_WIDTH - 1) * hopLength;
}

/**
 * The sequencers' 39 numbers per frame, [1 + ⌊N / hop⌋, 39], frame k centred on sample k · hop
 * (anatomy §7.1, librosa 0.8: reflected edges, 80 dB under the sound's loudest band as floor). A
 * UserError under nine frames, which have no derivatives.
 */
export function mfcc39(audio: Audio, { hopLength = DESCRIPTOR_HOP }: HopOptions = {}): Descriptors {
  const samples = analysable(audio, mfcc39SamplesMin(hopLength), 'MFCC-39');
  const bank = descriptorBank(audio.sampleRate);
  const options = descriptorStft(hopLength);
  const bandsDb = new Float32Array(framesOf(samples.length, options) * MEL_BANDS);
  const power = new Float64Array(bank.bins);
  eachSpectrum(samples, options, ({ re, im }, t) => {
    for (let k = 0; k < bank.bins; k++) power[k] = re[k]! * re[k]! + im[k]! * im[k]!;
    putBandsDb(bank, power, bandsDb, t);
  });
  return mfcc39Of(bandsDb, hopLength, audio.sampleRate);
}

/** The cut of all descriptors: centred frames of 2048 on a reflected sound. */
export function descriptorStft(hopLength: number): {
  readonly fftSize: number;
  readonly hopLength: number;
  readonly margin: number;
} {
  return { fftSize: DESCRIPTOR_FRAME, hopLength, margin: DESCRIPTOR_FRAME / 2 };
}

/** The bank of 128 bands that MFCCs are taken from. */
export function descriptorBank(sampleRate: number): MelBank {
  if (latest?.sampleRate !== sampleRate) {
    const bank = melBank({ sampleRate, fftSize: DESCRIPTOR_FRAME, bands: MEL_BANDS });
    latest = { sampleRate, bank };
  }
  return latest.bank;
}

/** Making a bank takes as long as describing a second of sound, and a run has one rate. */
let latest: { readonly sampleRate: number; readonly bank: MelBank } | undefined;

/** Writes frame t's 128 bands in decibels from its power spectrum. */
export function putBandsDb(
  bank: MelBank,
  power: Float64Array,
  bandsDb: Float32Array,
  t: number,
): void {
  throughBank(bank, power, BANDS);
  for (let b = 0; b < MEL_BANDS; b++) {
    bandsDb[t * MEL_BANDS + b] = 10 * Math.log10(Math.max(BANDS[b]!, POWER_MIN));
  }
}

const BANDS = new Float64Array(MEL_BANDS);
const COSINES = Float64Array.from({ length: COEFFICIENTS * MEL_BANDS }, (_, i) => {
  const [k, b] = [Math.floor(i / MEL_BANDS), i % MEL_BANDS];
  const scale = Math.sqrt((k === 0 ? 1 : 2) / MEL_BANDS);
  return scale * Math.cos((Math.PI * k * (2 * b + 1)) / (2 * MEL_BANDS));
});

/** MFCC-39 of a sound's bands in decibels, [frames, 128]. */
export function mfcc39Of(
  bandsDb: Float32Array,
  hopLength: number,
  sampleRate: number,
): Descriptors {
  const rows = bandsDb.length / MEL_BANDS;
  const still = cosineTransform(bandsDb);
  const slope = delta(still, { columns: COEFFICIENTS, order: 1 });
  const bend = delta(still, { columns: COEFFICIENTS, order: 2 });
  const data = new Float32Array(rows * 39);
  for (let t = 0; t < rows; t++) {
    const from = t * COEFFICIENTS;
    const to = from + COEFFICIENTS;
    data.set(still.subarray(from, to), t * 39);
    data.set(slope.subarray(from, to), t * 39 + COEFFICIENTS);
    data.set(bend.subarray(from, to), t * 39 + 2 * COEFFICIENTS);
  }
  return mfcc39Signal(data, { hopLength, sampleRate });
}

/** Frames of 39 numbers, predicted or analysed, as a signal; `data` is row by row. */
export function mfcc39Signal(
  data: Float32Array,
  { hopLength, sampleRate }: { readonly hopLength: number; readonly sampleRate: number },
): Descriptors {
  const columns = MFCC39_NAMES.length;
  return { rows: data.length / columns, columns, data, names: MFCC39_NAMES, hopLength, sampleRate };
}

function cosineTransform(bandsDb: Float32Array): Float64Array {
  const frames = bandsDb.length / MEL_BANDS;
  const floor = loudest(bandsDb) - TOP_DB;
  const out = new Float64Array(frames * COEFFICIENTS);
  for (let t = 0; t < frames; t++) {
    for (let b = 0; b < MEL_BANDS; b++) BANDS[b] = Math.max(bandsDb[t * MEL_BANDS + b]!, floor);
    for (let k = 0; k < COEFFICIENTS; k++) {
      let sum = 0;
      for (let b = 0; b < MEL_BANDS; b++) sum += COSINES[k * MEL_BANDS + b]! * BANDS[b]!;
      out[t * COEFFICIENTS + k] = sum;
    }
  }
  return out;
}

function loudest(values: Float32Array): number {
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > max) max = value;
  return max;
}
