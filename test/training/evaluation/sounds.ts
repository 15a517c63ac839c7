import { type Note, playNote } from '../../../src/audio/index.js';
import { seededRandom } from '../../../src/core/index.js';

/** The rate of all sounds here. */
export const SAMPLE_RATE = 44_100;

/** A bowed note of about a second. */
export function note(more: Partial<Note> = {}, seed = 1): Float32Array {
  const asked: Note = { technique: 'ordinario', f0Hz: 440, seconds: 0.8, ...more };
  return playNote(asked, { sampleRate: SAMPLE_RATE, random: seededRandom(seed) });
}

/** A second of noise of deviation 1. */
export function whiteNoise(seed: number, samples = SAMPLE_RATE): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: samples }, () => random.normal());
}
