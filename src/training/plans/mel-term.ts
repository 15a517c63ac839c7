import { hifiMelScale, logMelScale } from '../../audio/index.js';
import type { Training } from '../../models/index.js';

type WarmLosses = NonNullable<Parameters<Training['melGanWarmStep']>[2]>;
/** The log-mel distance as a training step hears of it. */
export type MelTerm = NonNullable<WarmLosses['mel']>;

/** The distance of log10 mels (anatomy §2), `weight` times its mean; none for a weight of 0. */
export function logMelTerm(sampleRate: number, weight: number): MelTerm | undefined {
  return weight === 0 ? undefined : { weight: weight / 20, ...logMelScale(sampleRate) };
}

/** The same of HiFi-GAN's mels: natural logarithms, bands up to 8000 Hz (anatomy §5). */
export function hifiMelTerm(sampleRate: number, weight: number): MelTerm | undefined {
  if (weight === 0) return undefined;
  return { weight: (weight * Math.LN10) / 20, ...hifiMelScale(sampleRate) };
}
