/** Where a stretch of numbers that are none was replaced. */
export interface Scrubbed {
  readonly samples: Float32Array;
  /** How many samples were NaN or infinite. */
  readonly count: number;
}

const FADE_SAMPLES = 64;

/**
 * Replaces NaN and infinities by silence, with the sound faded out before and in after each such
 * stretch (64 samples) so that it does not click. Sound without any is given back as it is.
 */
export function scrub(samples: Float32Array, fadeSamples: number = FADE_SAMPLES): Scrubbed {
  let count = 0;
  for (let n = 0; n < samples.length; n++) if (!Number.isFinite(samples[n]!)) count++;
  if (count === 0) return { samples, count };
  const gain = new Float32Array(samples.length);
  let since = fadeSamples;
  for (let n = 0; n < samples.length; n++) {
    since = Number.isFinite(samples[n]!) ? since + 1 : 0;
    gain[n] = Math.min(1, since / fadeSamples);
  }
  since = fadeSamples;
  for (let n = samples.length - 1; n >= 0; n--) {
    since = Number.isFinite(samples[n]!) ? since + 1 : 0;
    gain[n] = Math.min(gain[n]!, since / fadeSamples);
  }
  return { samples: gain.map((g, n) => (g === 0 ? 0 : g * samples[n]!)), count };
}
