import type { Audio, Matrix, SignalKind, SignalMap } from '../core/index.js';
import { seededRandom } from '../core/index.js';
import { chirp, hiss, silence, sine } from './probes.js';

/** A signal to try a port with, and what is special about it. */
export interface Trial<K extends SignalKind = SignalKind> {
  readonly name: string;
  readonly signal: SignalMap[K];
  /** Whether all its numbers are finite; what answers it must then be finite too. */
  readonly finite: boolean;
}

/** Signals that any port of their kind must bear: ordinary ones first, then awkward ones. */
export function trialSignals<K extends SignalKind>(
  carries: K,
  sampleRate: number,
): readonly Trial<K>[] {
  return TRIALS[carries](sampleRate) as unknown as readonly Trial<K>[];
}

const TRIALS: { readonly [K in SignalKind]: (sampleRate: number) => readonly Trial<K>[] } = {
  audio: (sampleRate) => [
    trial('a chirp', chirp(220, 1760, { sampleRate })),
    trial('noise', hiss(1, { seconds: 0.4, sampleRate })),
    trial('stereo', stereo(sine(440, { seconds: 0.5, sampleRate }))),
    trial('another rate', sine(330, { seconds: 0.5, sampleRate: sampleRate / 2 })),
    trial('silence', silence({ sampleRate })),
    trial('one sample', silence({ seconds: 1 / sampleRate, sampleRate })),
    trial('no samples', silence({ seconds: 0, sampleRate })),
    {
      ...trial('numbers that are none', spoilt(sine(440, { seconds: 0.3, sampleRate }))),
      finite: false,
    },
  ],
  mel: (sampleRate) => [
    trial('a mel-spectrogram', melOf(64, sampleRate)),
    trial('one frame of mel', melOf(1, sampleRate)),
    trial('no frames of mel', melOf(0, sampleRate)),
  ],
  noise: () => [trial('noise vectors', matrix(20, 6)), trial('one noise vector', matrix(20, 1))],
  descriptors: (sampleRate) => [
    trial('a descriptor string', described(48, sampleRate)),
    trial('one descriptor', described(1, sampleRate)),
    trial('no descriptors', described(0, sampleRate)),
  ],
  matches: () => [
    trial('a match', { list: [{ unit: 'one@0', distance: 1, rank: 0 }] }),
    trial('no matches', { list: [] }),
  ],
  control: () => [
    trial('a control', { name: 'gain', value: 0.5 }),
    { ...trial('a control without a number', { name: 'gain', value: Number.NaN }), finite: false },
  ],
};

function trial<S>(name: string, signal: S): { name: string; signal: S; finite: boolean } {
  return { name, signal, finite: true };
}

function stereo({ sampleRate, channels }: Audio): Audio {
  return { sampleRate, channels: [channels[0]!, channels[0]!.map((x) => -0.5 * x)] };
}

function spoilt({ sampleRate, channels }: Audio): Audio {
  const bad = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const spoil = (x: number, i: number): number => (i % 500 < 3 ? bad[i % 3]! : x);
  return { sampleRate, channels: channels.map((channel) => channel.map(spoil)) };
}

function matrix(rows: number, columns: number, centre = 0): Matrix {
  const random = seededRandom(3, 'trial');
  const data = new Float32Array(rows * columns);
  return { rows, columns, data: data.map(() => centre + random.normal()) };
}

function melOf(frames: number, sampleRate: number): SignalMap['mel'] {
  return { ...matrix(80, frames, -2), hopLength: 256, sampleRate };
}

function described(frames: number, sampleRate: number): SignalMap['descriptors'] {
  const names = Array.from({ length: 39 }, (_, i) => `mfcc${i}`);
  return { ...matrix(frames, 39), names, hopLength: 1024, sampleRate };
}
