import { type Audio, UserError } from '../core/index.js';

/** One array of samples: the mean of the channels. The only channel of mono sound is not copied. */
export function monoOf(audio: Audio): Float32Array {
  const [first, ...others] = audio.channels;
  if (first === undefined) return new Float32Array(0);
  if (others.length === 0) return first;
  const mean = Float32Array.from(first);
  for (const other of others) for (let i = 0; i < mean.length; i++) mean[i]! += other[i]!;
  return mean.map((x) => x / audio.channels.length);
}

/** Mono samples fit to be analysed; a UserError where there is none, or one is not a number. */
export function analysable(audio: Audio, samplesMin: number, purpose: string): Float32Array {
  const samples = monoOf(audio);
  if (samples.length < samplesMin) {
    throw new UserError({
      what: `the sound is too short for ${purpose}: ${samples.length} samples`,
      allowed: `at least ${samplesMin}`,
      hint: 'give a longer sound, or a smaller hop',
    });
  }
  const bad = samples.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) {
    throw new UserError({
      what: `sample ${bad} is ${samples[bad]}, so ${purpose} has no meaning`,
      allowed: 'finite samples',
      hint: 'put a guard before the listener',
    });
  }
  return samples;
}
