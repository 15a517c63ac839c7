import { scrub } from '../../audio/index.js';
import type { Audio } from '../../core/index.js';

/** A sound fit to travel, and what was mended for it. */
export interface TamedSound {
  readonly audio: Audio;
  /** Samples that were no numbers. */
  readonly scrubbed: number;
  /** The gain that brought its peak down to full scale; 1 for nearly all. */
  readonly gain: number;
}

/**
 * Without NaN and within full scale: a mel that no sound can have, as untrained networks dream it,
 * is far louder without a network that bounds it.
 */
export function tamed(audio: Audio): TamedSound {
  const cleaned = audio.channels.map((channel) => scrub(channel));
  const scrubbed = cleaned.reduce((sum, { count }) => sum + count, 0);
  const channels = cleaned.map(({ samples }) => samples);
  const peak = Math.max(...channels.map(peakOf));
  const gain = peak > 1 ? 1 / peak : 1;
  const within = gain === 1 ? channels : channels.map((samples) => samples.map((x) => x * gain));
  return { audio: { ...audio, channels: within }, scrubbed, gain };
}

function peakOf(samples: Float32Array): number {
  return samples.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
}
