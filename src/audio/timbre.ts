import type { Audio } from '../core/index.js';
import {
  DESCRIPTOR_FRAME,
  DESCRIPTOR_HOP,
  descriptorBank,
  descriptorStft,
  mfcc39Of,
  mfcc39SamplesMin,
  putBandsDb,
} from './mfcc.js';
import { analysable } from './mono.js';
import { padded } from './padding.js';
import { rmsOf, shapeOf } from './spectral.js';
import { eachSpectrum, framesOf } from './stft.js';

/** What a sound is like frame by frame, at a hop of 1024 samples. */
export interface Timbre {
  readonly frames: number;
  /** MFCC-39 [frames, 39]. */
  readonly mfcc39: Float32Array;
  /** Hertz; 0 for silence. */
  readonly centroid: Float32Array;
  /** 0 for a tone to 1 for white noise and silence. */
  readonly flatness: Float32Array;
  readonly rms: Float32Array;
}

/**
 * The part of `describe` that drift is measured from, in one pass: it looks for no pitch and writes
 * no mel, which takes a third of the time. A UserError where the sound is too short for MFCC-39.
 */
export function timbreOf(audio: Audio): Timbre {
  const samples = analysable(audio, mfcc39SamplesMin(), 'MFCC-39');
  const bank = descriptorBank(audio.sampleRate);
  const cut = descriptorStft(DESCRIPTOR_HOP);
  const frames = framesOf(samples.length, cut);
  const sound = padded(samples, cut.margin, 'reflect');
  const bandsDb = new Float32Array(frames * bank.bands);
  const [centroid, flatness] = [new Float32Array(frames), new Float32Array(frames)];
  const power = new Float64Array(bank.bins);
  const magnitude = new Float32Array(bank.bins);
  eachSpectrum(samples, cut, ({ re, im }, t) => {
    for (let k = 0; k < power.length; k++) {
      power[k] = re[k]! * re[k]! + im[k]! * im[k]!;
      magnitude[k] = Math.sqrt(power[k]!);
    }
    putBandsDb(bank, power, bandsDb, t);
    const shape = shapeOf(magnitude, audio.sampleRate);
    centroid[t] = shape.centroid;
    flatness[t] = shape.flatness;
  });
  const rms = Float32Array.from({ length: frames }, (_, t) =>
    rmsOf(sound, t * DESCRIPTOR_HOP, DESCRIPTOR_FRAME),
  );
  const { data } = mfcc39Of(bandsDb, DESCRIPTOR_HOP, audio.sampleRate);
  return { frames, mfcc39: data, centroid, flatness, rms };
}
