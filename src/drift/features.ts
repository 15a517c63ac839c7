import { DESCRIPTOR_HOP, fromDb, timbreOf } from '../audio/index.js';
import type { Audio } from '../core/index.js';
import { type Cloud, cloudOf, weightedSpread } from '../measures/index.js';

/** Seconds of one slice of sound. */
export const SLICE_SECONDS = 0.25;
/** Numbers of one slice: MFCC 1 to 12, without MFCC 0, which is loudness. */
export const SLICE_WIDTH = 12;

/** Frames quieter than this are silence, which is like nothing. */
const SILENT_RMS = fromDb(-60);
const MEL_BANDS = 128;
const COLUMNS = 39;

/** What drift needs to know of a sound. */
export interface SoundFeatures {
  /** Mean MFCC 1–12 of every sounding slice, over √128: distances are dB between mel spectra. */
  readonly slices: Cloud;
  /** Seconds from the sound's beginning to that of each slice. */
  readonly offsets: readonly number[];
  /** Hertz: the mean over frames by their power. */
  readonly centroidHz: number;
  /** Geometric over arithmetic mean of the power spectrum, by power, in dB: 0 for white noise. */
  readonly flatnessDb: number;
}

/**
 * The features of a sound; undefined for silence. A UserError where it is too short for MFCC-39
 * (0.19 s at 44,100 Hz) or holds what is no number.
 */
export function featuresOf(audio: Audio): SoundFeatures | undefined {
  const { frames, mfcc39, centroid, flatness, rms } = timbreOf(audio);
  const perSlice = Math.max(1, Math.round((SLICE_SECONDS * audio.sampleRate) / DESCRIPTOR_HOP));
  const vectors: Float64Array[] = [];
  const offsets: number[] = [];
  for (let from = 0; from < frames; from += perSlice) {
    const vector = sliceOf(mfcc39, rms, from, Math.min(frames, from + perSlice));
    if (vector === undefined) continue;
    vectors.push(vector);
    offsets.push((from * DESCRIPTOR_HOP) / audio.sampleRate);
  }
  if (vectors.length === 0) return undefined;
  const power = rms.map((x) => (x > SILENT_RMS ? x * x : 0));
  return {
    // As the cache keeps them, so that the first time and the next give the same.
    slices: { ...cloudOf(vectors), data: Float32Array.from(cloudOf(vectors).data) },
    offsets,
    centroidHz: weightedSpread(centroid, power)?.mean ?? 0,
    flatnessDb: 10 * Math.log10(weightedSpread(flatness, power)?.mean ?? 1),
  };
}

/** The mean of the sounding frames of a slice; undefined where none sounds. */
function sliceOf(
  mfcc39: Float32Array,
  rms: Float32Array,
  from: number,
  to: number,
): Float64Array | undefined {
  const sum = new Float64Array(SLICE_WIDTH);
  let sounding = 0;
  for (let frame = from; frame < to; frame++) {
    if (rms[frame]! <= SILENT_RMS) continue;
    sounding++;
    for (let i = 0; i < SLICE_WIDTH; i++) sum[i]! += mfcc39[frame * COLUMNS + 1 + i]!;
  }
  return sounding === 0 ? undefined : sum.map((x) => x / sounding / Math.sqrt(MEL_BANDS));
}
