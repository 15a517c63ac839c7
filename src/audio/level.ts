import type { Audio } from '../core/index.js';
import { besselI0 } from './kaiser-window.js';

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

/** The largest value between the samples too, in dBTP: four times oversampled (ITU-R BS.1770). */
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

const REACH = 16;
const PHASES: readonly Float64Array[] = [0.25, 0.5, 0.75].map((phase) =>
  Float64Array.from({ length: 2 * REACH }, (_, i) => {
    const x = i - REACH + 1 - phase;
    const taper = besselI0(8 * Math.sqrt(1 - (x / REACH) ** 2)) / besselI0(8);
    return (Math.sin(Math.PI * x) / (Math.PI * x)) * taper;
  }),
);

function truePeakOf(samples: Float32Array): number {
  let peak = peakOf(samples);
  for (let n = -REACH; n < samples.length + REACH; n++) {
    for (const phase of PHASES) {
      const first = Math.max(0, REACH - 1 - n);
      const last = Math.min(2 * REACH, samples.length - n + REACH - 1);
      let sum = 0;
      for (let i = first; i < last; i++) sum += phase[i]! * samples[n + i - REACH + 1]!;
      peak = Math.max(peak, Math.abs(sum));
    }
  }
  return peak;
}
