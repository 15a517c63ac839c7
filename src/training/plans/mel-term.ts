import { MEL_FLOOR, MEL_HOP, type MelBank, melBankOf } from '../../audio/index.js';
import { type Tensor, tensor } from '../../core/index.js';
import type { Training } from '../../models/index.js';

type WarmLosses = NonNullable<Parameters<Training['melGanWarmStep']>[2]>;
/** The log-mel distance as a training step hears of it. */
export type MelTerm = NonNullable<WarmLosses['mel']>;

// Raises a mel by 2·10⁻⁸ at most, far below its floor.
const EPSILON = 1e-12;
const HIFI_EPSILON = 1e-9;

/** The distance of log10 mels (anatomy §2), `weight` times its mean; none for a weight of 0. */
export function logMelTerm(sampleRate: number, weight: number): MelTerm | undefined {
  return termOf(melBankOf(sampleRate), weight / 20, EPSILON);
}

/** The same of HiFi-GAN's mels: natural logarithms, bands up to 8000 Hz (anatomy §5). */
export function hifiMelTerm(sampleRate: number, weight: number): MelTerm | undefined {
  const bank = melBankOf(sampleRate, Math.min(8000, sampleRate / 2));
  return termOf(bank, (weight * Math.LN10) / 20, HIFI_EPSILON);
}

function termOf(bank: MelBank, weight: number, epsilon: number): MelTerm | undefined {
  if (weight === 0) return undefined;
  return { weight, bank: denseOf(bank), hop: MEL_HOP, floor: MEL_FLOOR, epsilon };
}

function denseOf({ bands, bins, starts, weights }: MelBank): Tensor {
  const data = new Float32Array(bands * bins);
  for (const [band, row] of weights.entries()) data.set(row, band * bins + starts[band]!);
  return tensor([bands, bins], data);
}
