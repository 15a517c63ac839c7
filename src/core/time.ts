/** Logical time or a length of it, in samples at the scenario's sample rate; always an integer. */
export type Samples = number;

/** The sample rate of a scenario that names none, in hertz. */
export const SAMPLE_RATE_DEFAULT = 44_100;

const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  min: 60,
  m: 60,
  h: 3600,
  d: 86400,
};

/** Seconds to whole samples, rounded to the nearest. */
export function toSamples(seconds: number, sampleRate: number): Samples {
  return Math.round(seconds * sampleRate);
}

/** Samples to seconds. */
export function toSeconds(samples: Samples, sampleRate: number): number {
  return samples / sampleRate;
}

/**
 * Reads a written duration (`250ms`, `4s`, `2min`, `6h`, `14d`, or a bare number of seconds) as
 * seconds. Returns undefined when the text is not a duration.
 */
export function parseDuration(text: string | number): number | undefined {
  if (typeof text === 'number') return Number.isFinite(text) ? text : undefined;
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)?\s*$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * (UNITS[match[2] ?? 's'] as number);
}
