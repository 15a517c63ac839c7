import { logMel80 } from '../../audio/index.js';
import type { Audio } from '../../core/index.js';

const FRAME_SAMPLES = 385;

/**
 * How unlike two sounds are as colours: the mean absolute difference, in decibels, of the 80 mel
 * bands of their mean power spectra. Undefined for sounds that are too short or of unlike rates.
 */
export function spectralDistance(a: Audio, b: Audio): number | undefined {
  if (a.sampleRate !== b.sampleRate) return undefined;
  const [left, right] = [meanBands(a), meanBands(b)];
  if (left === undefined || right === undefined) return undefined;
  return left.reduce((sum, db, i) => sum + Math.abs(db - (right[i] as number)), 0) / left.length;
}

/** The mean power of each band over the frames, in decibels; the floor is −100. */
function meanBands(audio: Audio): readonly number[] | undefined {
  const [channel] = audio.channels;
  if (channel === undefined || channel.length < FRAME_SAMPLES) return undefined;
  const { rows, columns, data } = logMel80(audio);
  return Array.from({ length: rows }, (_, row) => {
    const band = data.subarray(row * columns, (row + 1) * columns);
    const power = band.reduce((sum, log) => sum + 10 ** (2 * log), 0);
    return 10 * Math.log10(Math.max(1e-10, power / Math.max(1, columns)));
  });
}
