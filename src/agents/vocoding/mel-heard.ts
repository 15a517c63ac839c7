import { MEL_BANDS, MEL_FLOOR, melBankOf, melToMagnitude, throughBank } from '../../audio/index.js';
import type { Mel } from '../../core/index.js';
import { fitBins } from '../../models/index.js';

/** The log10 of the least magnitude. */
const FLOOR = Math.log10(MEL_FLOOR);
/** HiFi-GAN hears nothing above, in hertz (anatomy §5). */
const HIFI_TOP = 8000;

/** A mel without NaN. */
export interface CleanMel {
  readonly mel: Mel;
  /** Values that were no numbers and are now the floor. */
  readonly scrubbed: number;
}

/** Puts the floor where a mel holds no number. */
export function scrubMel(mel: Mel): CleanMel {
  const scrubbed = mel.data.reduce((sum, x) => sum + (Number.isFinite(x) ? 0 : 1), 0);
  if (scrubbed === 0) return { mel, scrubbed };
  return { mel: { ...mel, data: mel.data.map((x) => (Number.isFinite(x) ? x : FLOOR)) }, scrubbed };
}

/** A mel stretched over another number of bins. */
export function withBins(mel: Mel, bins: number): Mel {
  if (mel.rows === bins) return mel;
  const fitted = fitBins({ shape: [1, mel.rows, mel.columns], data: mel.data }, bins);
  return { ...mel, rows: bins, data: fitted.data };
}

/** Frames `from` to `to`; where there are none before or after, the first or the last again. */
export function framesOfMel(mel: Mel, from: number, to: number): Mel {
  const columns = to - from;
  const data = new Float32Array(mel.rows * columns);
  for (let t = 0; t < columns; t++) {
    const source = Math.max(0, Math.min(mel.columns - 1, from + t));
    for (let b = 0; b < mel.rows; b++) {
      data[b * columns + t] = mel.data[b * mel.columns + source]!;
    }
  }
  return { ...mel, columns, data };
}

/**
 * A log10 mel up to half the sample rate as HiFi-GAN's own: natural logarithm, bands up to 8 kHz.
 * The original hands it over as it is (anatomy §12, quirk 26).
 */
export function toHifiMel(mel: Mel): Mel {
  const heard = withBins(mel, MEL_BANDS);
  const magnitude = melToMagnitude(heard);
  const bank = melBankOf(mel.sampleRate, Math.min(HIFI_TOP, mel.sampleRate / 2));
  const data = new Float32Array(heard.data.length);
  const spectrum = new Float64Array(bank.bins);
  const bands = new Float64Array(MEL_BANDS);
  for (let t = 0; t < heard.columns; t++) {
    spectrum.set(magnitude.subarray(t * bank.bins, (t + 1) * bank.bins));
    throughBank(bank, spectrum, bands);
    for (let b = 0; b < MEL_BANDS; b++) {
      data[b * heard.columns + t] = Math.log(Math.max(bands[b]!, MEL_FLOOR));
    }
  }
  return { ...heard, data };
}
