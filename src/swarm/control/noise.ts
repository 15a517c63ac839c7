import { seededRandom } from '../../core/index.js';
import type { Recording } from './recording.js';

const SECONDS = 1;
const FADE_SECONDS = 0.02;
/** About −20 dB below full scale, root mean square. */
const DEVIATION = 0.1;

/** A second of white noise that a seed determines: something nobody in the swarm has said. */
export function noiseOf(seed: number, sampleRate: number): Recording {
  const random = seededRandom(seed, 'injected');
  const length = Math.round(SECONDS * sampleRate);
  const fade = Math.round(FADE_SECONDS * sampleRate);
  const samples = Float32Array.from({ length }, (_, i) => {
    const edge = Math.min(1, (i + 1) / fade, (length - i) / fade);
    return Math.max(-1, Math.min(1, DEVIATION * edge * random.normal()));
  });
  return { audio: { sampleRate, channels: [samples] }, file: `seed ${seed}` };
}
