import type { Audio } from '../core/index.js';
import { decodeAudio } from './decode.js';
import { monoOf } from './mono.js';
import { type Resampler, resample } from './resample.js';

/** What a loaded sound should be; as it is in the file unless said otherwise. */
export interface LoadOptions {
  readonly sampleRate?: number;
  /** The mean of the channels, taken before the rate is changed, as librosa does. */
  readonly mono?: boolean;
  readonly resampler?: Resampler;
}

/** Decodes a file and brings it to a rate and to mono. A UserError where `decodeAudio` has one. */
export async function loadAudio(path: string, options: LoadOptions = {}): Promise<Audio> {
  const file = await decodeAudio(path);
  const audio = options.mono === true ? { ...file, channels: [monoOf(file)] } : file;
  return resample(audio, options.sampleRate ?? audio.sampleRate, options.resampler);
}

/**
 * Loads a file as the original loaded what it described: 44,100 Hz unless said otherwise, the mean
 * of the channels, and its own converter where the rate differs (anatomy §7.1).
 */
export async function loadForAnalysis(path: string, sampleRate = 44_100): Promise<Audio> {
  return loadAudio(path, { sampleRate, mono: true, resampler: 'kaiser' });
}
