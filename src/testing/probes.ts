import type { Audio } from '../core/index.js';
import { SAMPLE_RATE_DEFAULT, seededRandom } from '../core/index.js';

/** How long a probe is, how loud, and at which rate. */
export interface ProbeOptions {
  /** 1 unless given. */
  readonly seconds?: number;
  /** Largest absolute sample; 0.5 unless given. */
  readonly peak?: number;
  readonly sampleRate?: number;
}

/** Nothing, for a while. */
export function silence(options: ProbeOptions = {}): Audio {
  return drawn(options, () => 0);
}

/** A pure tone. */
export function sine(hz: number, options: ProbeOptions = {}): Audio {
  return drawn(options, (t) => Math.sin(2 * Math.PI * hz * t));
}

/** A tone that slides from one frequency to another by equal intervals in equal times. */
export function chirp(fromHz: number, toHz: number, options: ProbeOptions = {}): Audio {
  const { seconds = 1 } = options;
  const octaves = Math.log(toHz / fromHz) || Number.EPSILON;
  const phase = (t: number): number =>
    (2 * Math.PI * fromHz * seconds * Math.expm1((octaves * t) / seconds)) / octaves;
  return drawn(options, (t) => Math.sin(phase(t)));
}

/** White noise, the same for the same seed. */
export function hiss(seed: number, options: ProbeOptions = {}): Audio {
  const random = seededRandom(seed, 'hiss');
  return drawn(options, () => 2 * random.next() - 1);
}

/** One full sample, then silence: what a system does to it is what it does to everything. */
export function click(options: ProbeOptions = {}): Audio {
  return drawn(options, (t) => (t === 0 ? 1 : 0));
}

function drawn(options: ProbeOptions, shape: (t: number) => number): Audio {
  const { seconds = 1, peak = 0.5, sampleRate = SAMPLE_RATE_DEFAULT } = options;
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  return { sampleRate, channels: [samples.map((_, i) => peak * shape(i / sampleRate))] };
}
