import type { Audio, Mel } from '../core/index.js';
import { type MelBank, melBank, throughBank } from './mel-bank.js';
import { analysable } from './mono.js';
import { type StftOptions, eachSpectrum, framesOf } from './stft.js';

/** Mel bands of every network. */
export const MEL_BANDS = 80;
/** Samples from one mel frame to the next. */
export const MEL_HOP = 256;
/** The least magnitude either mel tells from silence: log10 gives −5. */
export const MEL_FLOOR = 1e-5;
/** Samples of one mel frame's spectrum. */
export const MEL_FFT = 1024;

/** The cut both mels share: un-centred frames of 1024 on a sound reflected by 384 at both ends. */
export const MEL_STFT: StftOptions = {
  fftSize: MEL_FFT,
  hopLength: MEL_HOP,
  margin: (MEL_FFT - MEL_HOP) / 2,
};

interface MelDefinition {
  readonly bank: MelBank;
  readonly log: (x: number) => number;
  /** Added to the squared magnitude before its root. */
  readonly epsilon: number;
}

/**
 * The log10 mel-spectrogram of una-GAN and mel-GAN, [80, ⌊N / 256⌋], floor −5 (anatomy §2). Needs
 * more than 384 finite samples, else a UserError.
 */
export function logMel80(audio: Audio): Mel {
  const bank = melBankOf(audio.sampleRate);
  return melOf(audio, { bank, log: Math.log10, epsilon: 0 });
}

/** HiFi-GAN's own mel: natural logarithm, bands up to 8000 Hz (anatomy §5). Same shape. */
export function hifiMel80(audio: Audio): Mel {
  const bank = melBankOf(audio.sampleRate, Math.min(8000, audio.sampleRate / 2));
  return melOf(audio, { bank, log: Math.log, epsilon: 1e-9 });
}

/** The bank of 80 bands over 513 bins, up to half the sample rate or to `fMax` hertz. */
export function melBankOf(sampleRate: number, fMax: number = sampleRate / 2): MelBank {
  return melBank({ sampleRate, fftSize: MEL_FFT, bands: MEL_BANDS, fMax });
}

function melOf(audio: Audio, { bank, log, epsilon }: MelDefinition): Mel {
  const samples = analysable(audio, MEL_STFT.margin + 1, 'a mel-spectrogram');
  const columns = framesOf(samples.length, MEL_STFT);
  const data = new Float32Array(MEL_BANDS * columns);
  const magnitude = new Float64Array(bank.bins);
  const bands = new Float64Array(MEL_BANDS);
  eachSpectrum(samples, MEL_STFT, ({ re, im }, t) => {
    for (let k = 0; k < bank.bins; k++)
      magnitude[k] = Math.sqrt(re[k]! ** 2 + im[k]! ** 2 + epsilon);
    throughBank(bank, magnitude, bands);
    for (let b = 0; b < MEL_BANDS; b++) data[b * columns + t] = log(Math.max(bands[b]!, MEL_FLOOR));
  });
  return { rows: MEL_BANDS, columns, data, hopLength: MEL_HOP, sampleRate: audio.sampleRate };
}
