import { type Tensor, tensor } from '../core/index.js';
import type { MelBank } from './mel-bank.js';
import { MEL_FLOOR, MEL_HOP, melBankOf } from './mel.js';

/** A mel-spectrogram as a training's loss takes it: its bank as one matrix, and its constants. */
export interface MelScale {
  /** Weights of every band over the bins of a spectrum, [80, 513]. */
  readonly bank: Tensor;
  readonly hop: number;
  readonly floor: number;
  /** Added to the squared magnitude before its root, so that silence has a gradient. */
  readonly epsilon: number;
}

// Raises a mel by 2·10⁻⁸ at most, far below its floor.
const EPSILON = 1e-12;
const HIFI_EPSILON = 1e-9;

/** The scale of `logMel80`. */
export function logMelScale(sampleRate: number): MelScale {
  return scaleOf(melBankOf(sampleRate), EPSILON);
}

/** The scale of `hifiMel80`, apart from its logarithm. */
export function hifiMelScale(sampleRate: number): MelScale {
  return scaleOf(melBankOf(sampleRate, Math.min(8000, sampleRate / 2)), HIFI_EPSILON);
}

function scaleOf(bank: MelBank, epsilon: number): MelScale {
  return { bank: denseOf(bank), hop: MEL_HOP, floor: MEL_FLOOR, epsilon };
}

function denseOf({ bands, bins, starts, weights }: MelBank): Tensor {
  const data = new Float32Array(bands * bins);
  for (const [band, row] of weights.entries()) data.set(row, band * bins + starts[band]!);
  return tensor([bands, bins], data);
}
