import Meyda from 'meyda';
import type { Audio, Descriptors } from '../core/index.js';
import { monoOf } from './mono.js';

type Extract = typeof Meyda.default;
/** Its types describe a namespace; at run time the import is the object itself. */
const meyda = Meyda as unknown as Extract;

const NUMBERS = [
  'rms',
  'energy',
  'zcr',
  'spectralCentroid',
  'spectralFlatness',
  'spectralRolloff',
  'spectralSpread',
  'spectralCrest',
] as const;
const MFCCS = 13;

/**
 * Meyda's columns, all prefixed so that none can be taken for a librosa descriptor: their
 * definitions differ (symmetric window, centroid in bins, roll-off at 99 %, MFCC of ln(1 + x)).
 * The last, `meyda.undefined`, is 1 where Meyda gave no number (silence) and 0 was written.
 */
export const MEYDA_NAMES: readonly string[] = [
  ...NUMBERS.map((name) => `meyda.${name}`),
  ...Array.from({ length: MFCCS }, (_, i) => `meyda.mfcc${i}`),
  'meyda.undefined',
];

/** How a sound is cut for Meyda: 2048 samples every 1024 by default. */
export interface MeydaOptions {
  readonly hopLength?: number;
  /** A power of two. */
  readonly frameLength?: number;
}

/**
 * Meyda's live features of each whole frame, [frames, 22], frame k starting at sample k · hop. Not
 * interchangeable with MFCC-39: never feed a network or index of one with the other.
 */
export function meydaFeatures(audio: Audio, options: MeydaOptions = {}): Descriptors {
  const { hopLength = 1024, frameLength = 2048 } = options;
  const samples = monoOf(audio);
  const rows = Math.max(0, 1 + Math.floor((samples.length - frameLength) / hopLength));
  const columns = MEYDA_NAMES.length;
  const data = new Float32Array(rows * columns);
  configure(frameLength, audio.sampleRate);
  for (let t = 0; t < rows; t++) {
    const start = t * hopLength;
    data.set(frameFeatures(samples.slice(start, start + frameLength)), t * columns);
  }
  return { rows, columns, data, names: MEYDA_NAMES, hopLength, sampleRate: audio.sampleRate };
}

function frameFeatures(frame: Float32Array): number[] {
  const found = meyda.extract([...NUMBERS, 'mfcc'], frame);
  if (found === null) throw new Error('Meyda extracted nothing from a whole frame');
  const values = [...NUMBERS.map((name) => found[name] ?? Number.NaN), ...(found.mfcc ?? [])];
  const unknown = values.some((x) => !Number.isFinite(x));
  return [...values.map((x) => (Number.isFinite(x) ? x : 0)), unknown ? 1 : 0];
}

/** Meyda is one for the whole process and keeps filter banks of an earlier rate unless told. */
function configure(bufferSize: number, sampleRate: number): void {
  if (meyda.bufferSize === bufferSize && meyda.sampleRate === sampleRate) return;
  const banks = { melFilterBank: undefined, barkScale: undefined, chromaFilterBank: undefined };
  Object.assign(meyda, { bufferSize, sampleRate, numberOfMFCCCoefficients: MFCCS, ...banks });
}
