import { type Audio, type Descriptors, type Mel, type Tensors, tensor } from '../core/index.js';
import { logMel80 } from './mel.js';
import {
  DESCRIPTOR_FRAME,
  DESCRIPTOR_HOP,
  descriptorBank,
  descriptorStft,
  mfcc39Of,
  mfcc39SamplesMin,
  putBandsDb,
} from './mfcc.js';
import { analysable } from './mono.js';
import { padded } from './padding.js';
import { rmsOf, shapeOf } from './spectral.js';
import { eachSpectrum, framesOf } from './stft.js';
import { yinF0 } from './yin.js';

/** The first generation's five numbers per frame, each [frames]: hertz, but flatness and rms. */
export interface SimpleDescriptors {
  readonly centroid: Float32Array;
  readonly flatness: Float32Array;
  readonly rolloff: Float32Array;
  readonly rms: Float32Array;
  readonly f0: Float32Array;
}

/** Everything that is measured of a sound, all at one hop but the mel, whose hop is 256. */
export interface Description extends SimpleDescriptors {
  readonly mfcc39: Descriptors;
  readonly log10Mel80: Mel;
}

/** How a sound is described. */
export interface DescribeOptions {
  /** Samples between frames; 1024 by default. */
  readonly hopLength?: number;
  /** Which rate f0 is read at: `true`, or `halved` as the original did by an oversight (§7.3). */
  readonly f0Rate?: 'true' | 'halved';
}

/** Describes a sound (anatomy §7, §2). A UserError where it is too short for MFCC-39. */
export function describe(audio: Audio, options: DescribeOptions = {}): Description {
  const { hopLength = DESCRIPTOR_HOP } = options;
  const samples = analysable(audio, mfcc39SamplesMin(hopLength), 'MFCC-39');
  const bank = descriptorBank(audio.sampleRate);
  const bandsDb = new Float32Array(
    framesOf(samples.length, descriptorStft(hopLength)) * bank.bands,
  );
  const five = measured(samples, audio.sampleRate, options, (power, t) =>
    putBandsDb(bank, power, bandsDb, t),
  );
  const mfcc39 = mfcc39Of(bandsDb, hopLength, audio.sampleRate);
  return { mfcc39, ...five, log10Mel80: logMel80(audio) };
}

/** A description as tensors `mfcc39` [t, 39], `centroid` … `f0` [t] and `log10_mel_80` [80, u]. */
export function descriptionTensors(description: Description): Tensors {
  const { mfcc39, log10Mel80, centroid, flatness, rolloff, rms, f0 } = description;
  const line = (data: Float32Array) => tensor([data.length], data);
  return {
    mfcc39: tensor([mfcc39.rows, mfcc39.columns], mfcc39.data),
    centroid: line(centroid),
    flatness: line(flatness),
    rolloff: line(rolloff),
    rms: line(rms),
    f0: line(f0),
    log10_mel_80: tensor([log10Mel80.rows, log10Mel80.columns], log10Mel80.data),
  };
}

/** The five simple descriptors alone, of any sound of one sample or more (anatomy §7.3). */
export function simpleDescriptors(audio: Audio, options: DescribeOptions = {}): SimpleDescriptors {
  const samples = analysable(audio, 1, 'descriptors');
  return measured(samples, audio.sampleRate, options, () => {});
}

function measured(
  samples: Float32Array,
  sampleRate: number,
  { hopLength = DESCRIPTOR_HOP, f0Rate = 'true' }: DescribeOptions,
  hearPower: (power: Float64Array, t: number) => void,
): SimpleDescriptors {
  const cut = descriptorStft(hopLength);
  const frames = framesOf(samples.length, cut);
  const sound = padded(samples, cut.margin, 'reflect');
  const f0 = yinF0(samples, { hopLength, sampleRate: f0Rate === 'true' ? sampleRate : 22_050 });
  const [centroid, flatness, rolloff, rms] = Array.from(
    { length: 4 },
    () => new Float32Array(frames),
  );
  const power = new Float64Array(cut.fftSize / 2 + 1);
  const magnitude = new Float32Array(power.length);
  eachSpectrum(samples, cut, ({ re, im }, t) => {
    for (let k = 0; k < power.length; k++) {
      power[k] = re[k]! * re[k]! + im[k]! * im[k]!;
      magnitude[k] = Math.sqrt(power[k]!);
    }
    hearPower(power, t);
    const shape = shapeOf(magnitude, sampleRate);
    centroid![t] = shape.centroid;
    flatness![t] = shape.flatness;
    rolloff![t] = shape.rolloff;
    rms![t] = rmsOf(sound, t * hopLength, DESCRIPTOR_FRAME);
  });
  return { centroid: centroid!, flatness: flatness!, rolloff: rolloff!, rms: rms!, f0 };
}
