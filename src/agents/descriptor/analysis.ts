import type { Audio, Descriptors } from '../../core/index.js';
import {
  type SimpleDescriptors,
  meydaFeatures,
  mfcc39,
  mfcc39SamplesMin,
  monoOf,
  resample,
  simpleDescriptors,
} from '../../audio/index.js';

/** The five descriptors of the first generation, in the order of the columns. */
export const SIMPLE_NAMES: readonly (keyof SimpleDescriptors)[] = [
  'centroid',
  'flatness',
  'rolloff',
  'f0',
  'rms',
];

/** Meyda needs one whole frame. */
const MEYDA_FRAME = 2048;

/** What to measure, and how often. */
export interface AnalysisOptions {
  readonly set: 'mfcc39' | 'simple' | 'meyda';
  readonly hopLength: number;
  readonly sampleRate: number;
}

/**
 * Describes any sound: brought to one rate and to mono, samples that are no numbers taken as
 * silence, and a sound too short for the derivatives extended by silence. Undefined for no samples.
 */
export async function analyse(
  audio: Audio,
  options: AnalysisOptions,
): Promise<Descriptors | undefined> {
  const { set, sampleRate } = options;
  const finite = { ...audio, channels: [monoOf(audio).map((x) => (Number.isFinite(x) ? x : 0))] };
  const [samples] = (await resample(finite, sampleRate)).channels as [Float32Array];
  if (samples.length === 0) return undefined;
  return MEASURES[set](samples, options);
}

type Measure = (samples: Float32Array, options: AnalysisOptions) => Descriptors;

const MEASURES: Readonly<Record<AnalysisOptions['set'], Measure>> = {
  mfcc39: (samples, { hopLength, sampleRate }) =>
    mfcc39(mono(extended(samples, mfcc39SamplesMin(hopLength)), sampleRate), { hopLength }),
  meyda: (samples, { hopLength, sampleRate }) =>
    meydaFeatures(mono(extended(samples, MEYDA_FRAME), sampleRate), { hopLength }),
  simple: (samples, options) => {
    const { hopLength, sampleRate } = options;
    return table(simpleDescriptors(mono(samples, sampleRate), { hopLength }), options);
  },
};

function mono(samples: Float32Array, sampleRate: number): Audio {
  return { sampleRate, channels: [samples] };
}

function extended(samples: Float32Array, length: number): Float32Array {
  if (samples.length >= length) return samples;
  const longer = new Float32Array(length);
  longer.set(samples);
  return longer;
}

function table(simple: SimpleDescriptors, { hopLength, sampleRate }: AnalysisOptions): Descriptors {
  const rows = simple.rms.length;
  const columns = SIMPLE_NAMES.length;
  const data = new Float32Array(rows * columns);
  SIMPLE_NAMES.forEach((name, column) => {
    simple[name].forEach((value, row) => (data[row * columns + column] = value));
  });
  return { rows, columns, data, names: SIMPLE_NAMES, hopLength, sampleRate };
}
