import type { Audio } from '../core/index.js';
import { RealFft } from './fft.js';
import { toDb } from './level.js';
import { monoOf } from './mono.js';
import { rmsOf } from './spectral.js';

/** What is heard at one moment. */
export interface Pitch {
  /** Hertz; 0 where there is none. */
  readonly f0Hz: number;
  /** 0 to 1; under 0.8 there is hardly a pitch. */
  readonly clarity: number;
  /** Level of the frame in dBFS; −∞ for silence. */
  readonly rmsDb: number;
}

/** How closely a sound is listened to. */
export interface PitchOptions {
  /** Samples between frames; 1024 by default. */
  readonly hopLength?: number;
  /** A power of two; 2048 by default. The lowest pitch has two periods in it: 43 Hz. */
  readonly frameLength?: number;
}

/** Of all peaks the first that is at least this part of the highest (McLeod's k). */
const PEAK_PART = 0.9;

/**
 * Pitch, its clarity and the level of each frame by the McLeod pitch method (McLeod and Wyvill
 * 2005), frame k starting at sample k · hop. Sound shorter than a frame has no frames.
 */
export function pitchTrack(audio: Audio, options: PitchOptions = {}): Pitch[] {
  const { hopLength = 1024, frameLength = 2048 } = options;
  const samples = monoOf(audio);
  const similarity = new Similarity(frameLength);
  const frames = Math.max(0, 1 + Math.floor((samples.length - frameLength) / hopLength));
  return Array.from({ length: frames }, (_, t) => {
    const start = t * hopLength;
    const frame = samples.subarray(start, start + frameLength);
    const { period, clarity } = periodOf(similarity.of(frame));
    const f0Hz = period === 0 ? 0 : audio.sampleRate / period;
    return { f0Hz, clarity, rmsDb: toDb(rmsOf(frame, 0, frameLength)) };
  });
}

/** How like itself a frame is when shifted, −1 to 1: the normalised square difference. */
class Similarity {
  readonly #frameLength: number;
  readonly #fft: RealFft;
  readonly #padded: Float64Array;
  readonly #curve: Float64Array;

  constructor(frameLength: number) {
    this.#frameLength = frameLength;
    this.#fft = new RealFft(2 * frameLength);
    this.#padded = new Float64Array(2 * frameLength);
    this.#curve = new Float64Array(frameLength / 2);
  }

  /** The curve over lags 0 to half a frame; beyond it too few samples would be compared. */
  of(frame: Float32Array): Float64Array {
    const length = this.#frameLength;
    const fft = this.#fft;
    this.#padded.fill(0).set(frame);
    fft.forward(this.#padded);
    for (let k = 0; k < fft.bins; k++) {
      fft.re[k] = fft.re[k]! ** 2 + fft.im[k]! ** 2;
      fft.im[k] = 0;
    }
    fft.inverse(this.#padded);
    let energy = 2 * this.#padded[0]!;
    for (let lag = 0; lag < length / 2; lag++) {
      this.#curve[lag] = energy > 1e-12 ? (2 * this.#padded[lag]!) / energy : 0;
      energy -= frame[lag]! ** 2 + frame[length - 1 - lag]! ** 2;
    }
    return this.#curve;
  }
}

/** The period in samples at the chosen peak, and its height; 0 where the curve has no peak. */
function periodOf(curve: Float64Array): { period: number; clarity: number } {
  const peaks = peaksOf(curve);
  const highest = peaks.reduce((max, lag) => Math.max(max, curve[lag]!), 0);
  const lag = peaks.find((peak) => curve[peak]! >= PEAK_PART * highest);
  if (lag === undefined) return { period: 0, clarity: 0 };
  const [before, at, after] = [curve[lag - 1]!, curve[lag]!, curve[lag + 1]!];
  const bend = before + after - 2 * at;
  const shift = bend === 0 ? 0 : (before - after) / 2 / bend;
  return { period: lag + shift, clarity: Math.min(1, at - ((before - after) * shift) / 4) };
}

/** The highest point of each stretch above zero after the first, but for one at the very end. */
function peaksOf(curve: Float64Array): number[] {
  const peaks: number[] = [];
  let lag = curve.findIndex((x) => x <= 0);
  if (lag < 0) return peaks;
  for (let best = 0; lag < curve.length - 1; lag++) {
    if (curve[lag]! > 0 && (best === 0 || curve[lag]! > curve[best]!)) best = lag;
    const ends = curve[lag + 1]! <= 0 || lag + 2 === curve.length;
    if (best > 0 && ends && best < curve.length - 2) peaks.push(best);
    if (ends) best = 0;
  }
  return peaks;
}
