import type { Audio, Samples } from '../../core/index.js';
import { toSamples } from '../../core/index.js';

/** Excerpts begin and end in a short slope, so that a cut is not heard as a click. */
const SLOPE_SECONDS = 0.01;

/** What to cut out of a recording. */
export interface Cut {
  readonly sample: Samples;
  readonly length: Samples;
  readonly sampleRate: number;
  /** Linear; 1 unless given. */
  readonly gain?: number;
}

/** A stretch of a recording as a sound of its own, mono, sloped at both ends. */
export function excerpt(recording: Float32Array, cut: Cut): Audio {
  const { sample, length, sampleRate, gain = 1 } = cut;
  const samples = recording.subarray(sample, sample + length);
  const slope = Math.min(toSamples(SLOPE_SECONDS, sampleRate), samples.length / 2);
  const channel = samples.map((x, i) => {
    const edge = Math.min(i + 0.5, samples.length - i - 0.5);
    return x * gain * (edge < slope ? edge / slope : 1);
  });
  return { sampleRate, channels: [channel] };
}
