import { mfcc39, mfcc39SamplesMin, monoOf, resample, scrub } from '../../audio/index.js';
import type { Ancestor, Audio, Descriptors, Samples } from '../../core/index.js';
import type { Segment } from './segment.js';

/** Sound made ready to be remembered: mono, at one rate, without NaN. */
export interface Ready {
  readonly samples: Float32Array;
  readonly sampleRate: number;
  /** Samples that were NaN or infinite and are now silence. */
  readonly scrubbed: number;
}

/** Mixes to mono, scrubs and resamples a sound. */
export async function readied(audio: Audio, sampleRate: number): Promise<Ready> {
  const { samples, count } = scrub(monoOf(audio));
  const sound = { sampleRate: audio.sampleRate, channels: [samples] };
  const [channel] = (await resample(sound, sampleRate)).channels;
  return { samples: channel ?? samples, sampleRate, scrubbed: count };
}

/** MFCC-39 of a sound of any length: one too short for its derivatives is followed by silence. */
export function described({ samples, sampleRate }: Ready, hopLength: number): Descriptors {
  const least = mfcc39SamplesMin(hopLength);
  let channel = samples;
  if (samples.length < least) {
    channel = new Float32Array(least);
    channel.set(samples);
  }
  return mfcc39({ sampleRate, channels: [channel] }, { hopLength });
}

/** A segment of a message's sound. `keep` names the agents whose sound is never debris. */
export function segmentOf(
  { id, lap }: Ancestor,
  { samples }: Ready,
  frames: Descriptors,
  { keep, heardAt }: { readonly keep: readonly string[]; readonly heardAt: Samples },
): Segment {
  const source = id.slice(0, id.lastIndexOf('.'));
  return { id, lap, samples, frames, heardAt, kept: keep.includes(source) };
}

/**
 * A number that tells one sound from another (FNV-1a over its bits), so that a loop is not
 * remembered twice.
 */
export function fingerprint(samples: Float32Array): string {
  const words = new Uint32Array(samples.buffer, samples.byteOffset, samples.length);
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i]!, 0x01000193);
  return `${samples.length}:${hash >>> 0}`;
}
