import type { Audio } from '../core/index.js';
import { TRUE_PEAK_TAPS, raiseToTruePeaks } from './true-peak.js';

const SILENT_DB = Number.NEGATIVE_INFINITY;

/** An amplitude in decibels under full scale; −∞ for 0. */
export function toDb(amplitude: number): number {
  return amplitude > 0 ? 20 * Math.log10(amplitude) : SILENT_DB;
}

/** Decibels under full scale as an amplitude. */
export function fromDb(db: number): number {
  return 10 ** (db / 20);
}

/** The largest sample of any channel in dBFS; −∞ for silence, NaN where a sample is. */
export function peakDb(audio: Audio): number {
  return toDbOrNaN(Math.max(0, ...audio.channels.map(peakOf)));
}

/** Root mean square over all channels in dBFS (a full square wave is 0, a sine −3.01). */
export function rmsDb(audio: Audio): number {
  let [sum, count] = [0, 0];
  for (const channel of audio.channels) {
    count += channel.length;
    for (let n = 0; n < channel.length; n++) sum += channel[n]! * channel[n]!;
  }
  return count === 0 ? SILENT_DB : toDbOrNaN(Math.sqrt(sum / count));
}

/** The largest value at or between samples in dBTP, by the meter of ITU-R BS.1770-4, annex 2. */
export function truePeakDb(audio: Audio): number {
  return toDbOrNaN(Math.max(0, ...audio.channels.map(truePeakOf)));
}

function toDbOrNaN(amplitude: number): number {
  return Number.isNaN(amplitude) ? Number.NaN : toDb(amplitude);
}

function peakOf(samples: Float32Array): number {
  let peak = 0;
  for (let n = 0; n < samples.length; n++) {
    const x = Math.abs(samples[n]!);
    if (Number.isNaN(x)) return x;
    if (x > peak) peak = x;
  }
  return peak;
}

function truePeakOf(samples: Float32Array): number {
  const peak = peakOf(samples);
  if (!Number.isFinite(peak)) return peak;
  const history = TRUE_PEAK_TAPS - 1;
  const line = new Float32Array(samples.length + 2 * history);
  line.set(samples, history);
  const peaks = new Float64Array(samples.length + history);
  raiseToTruePeaks(line, peak, peaks);
  return peaks.reduce((most, x) => Math.max(most, x), peak);
}
