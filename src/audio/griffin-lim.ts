import type { Audio, Mel, Random } from '../core/index.js';
import { RealFft } from './fft.js';
import { MEL_BANDS, MEL_FFT, MEL_HOP, melBankOf } from './mel.js';
import { type MelBank, throughBank } from './mel-bank.js';
import { hann } from './window.js';

/** How a mel is made sound without a network. */
export interface GriffinLimOptions {
  /** Where the phases begin; the same stream gives the same sound. */
  readonly random: Random;
  /** Rounds of guessing phases; 32 by default. */
  readonly iterations?: number;
  /** How far each round overshoots; 0.99 by default, 0 for Griffin and Lim's own. */
  readonly momentum?: number;
}

const MARGIN = (MEL_FFT - MEL_HOP) / 2;
const BINS = MEL_FFT / 2 + 1;
const FIT_ROUNDS = 40;
const TINY = 1e-12;

/**
 * Sound whose log10 mel is near the given one, 256 samples per frame: magnitudes by non-negative
 * least squares on the mel bank, phases by the fast Griffin–Lim algorithm (Perraudin, Balazs and
 * Søndergaard 2013). The model-free vocoder; a RangeError for another number of bands than 80.
 */
export function griffinLim(mel: Mel, options: GriffinLimOptions): Audio {
  if (mel.rows !== MEL_BANDS) throw new RangeError(`a mel of ${mel.rows} bands, not ${MEL_BANDS}`);
  const { random, iterations = 32, momentum = 0.99 } = options;
  const guess = new Phases(melToMagnitude(mel), mel.columns, random);
  for (let i = 0; i < iterations; i++) guess.improve(momentum);
  const samples = guess.sound().slice(MARGIN, MARGIN + mel.columns * MEL_HOP);
  return { sampleRate: mel.sampleRate, channels: [samples] };
}

/**
 * The magnitudes, [t, 513] frame by frame, that a log10 mel may have come from: multiplicative
 * updates (Lee and Seung 2001) from the bank's transpose, so never negative.
 */
export function melToMagnitude(mel: Mel): Float32Array {
  const bank = melBankOf(mel.sampleRate);
  const out = new Float32Array(mel.columns * BINS);
  const bands = new Float64Array(MEL_BANDS);
  for (let t = 0; t < mel.columns; t++) {
    for (let b = 0; b < MEL_BANDS; b++) bands[b] = 10 ** mel.data[b * mel.columns + t]!;
    out.set(fittedSpectrum(bank, bands), t * BINS);
  }
  return out;
}

function fittedSpectrum(bank: MelBank, wantedBands: Float64Array): Float64Array {
  const wanted = new Float64Array(BINS);
  const heard = new Float64Array(BINS);
  const bands = new Float64Array(MEL_BANDS);
  throughTranspose(bank, wantedBands, wanted);
  const spectrum = wanted.map((x) => (x > 0 ? 1 : 0));
  for (let round = 0; round < FIT_ROUNDS; round++) {
    throughBank(bank, spectrum, bands);
    throughTranspose(bank, bands, heard);
    for (let k = 0; k < BINS; k++) spectrum[k]! *= wanted[k]! / (heard[k]! + TINY);
  }
  return spectrum;
}

function throughTranspose(bank: MelBank, bands: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (let b = 0; b < MEL_BANDS; b++) {
    const start = bank.starts[b]!;
    const weights = bank.weights[b]!;
    const level = bands[b]!;
    for (let i = 0; i < weights.length; i++) out[start + i]! += weights[i]! * level;
  }
}

/** A guess at the spectrum behind given magnitudes, which rounds of `improve` make consistent. */
class Phases {
  readonly #magnitude: Float32Array;
  readonly #frames: number;
  readonly #re: Float32Array;
  readonly #im: Float32Array;
  readonly #lastRe: Float32Array;
  readonly #lastIm: Float32Array;
  readonly #fft = new RealFft(MEL_FFT);
  readonly #window = hann(MEL_FFT);
  readonly #frame = new Float64Array(MEL_FFT);

  constructor(magnitude: Float32Array, frames: number, random: Random) {
    this.#magnitude = magnitude;
    this.#frames = frames;
    this.#re = new Float32Array(magnitude.length);
    this.#im = new Float32Array(magnitude.length);
    this.#lastRe = new Float32Array(magnitude.length);
    this.#lastIm = new Float32Array(magnitude.length);
    for (let i = 0; i < magnitude.length; i++) {
      const phase = 2 * Math.PI * random.next();
      this.#re[i] = magnitude[i]! * Math.cos(phase);
      this.#im[i] = magnitude[i]! * Math.sin(phase);
    }
  }

  /** One round: to sound and back, keeping the phases that came of it and the magnitudes given. */
  improve(momentum: number): void {
    const sound = this.sound();
    for (let t = 0; t < this.#frames; t++) {
      for (let n = 0; n < MEL_FFT; n++) this.#frame[n] = sound[t * MEL_HOP + n]! * this.#window[n]!;
      this.#fft.forward(this.#frame);
      for (let k = 0; k < BINS; k++) this.#turn(t * BINS + k, k, momentum);
    }
  }

  #turn(i: number, k: number, momentum: number): void {
    const re = this.#fft.re[k]!;
    const im = this.#fft.im[k]!;
    const aheadRe = re + momentum * (re - this.#lastRe[i]!);
    const aheadIm = im + momentum * (im - this.#lastIm[i]!);
    this.#lastRe[i] = re;
    this.#lastIm[i] = im;
    const scale = this.#magnitude[i]! / (Math.sqrt(aheadRe * aheadRe + aheadIm * aheadIm) + TINY);
    this.#re[i] = aheadRe * scale;
    this.#im[i] = aheadIm * scale;
  }

  /** The sound of the guess, with its margins: windowed frames added up and evened out. */
  sound(): Float32Array {
    const length = (this.#frames - 1) * MEL_HOP + MEL_FFT;
    const sum = new Float32Array(Math.max(0, length));
    const weight = new Float32Array(sum.length);
    for (let t = 0; t < this.#frames; t++) {
      this.#fft.re.set(this.#re.subarray(t * BINS, (t + 1) * BINS));
      this.#fft.im.set(this.#im.subarray(t * BINS, (t + 1) * BINS));
      this.#fft.inverse(this.#frame);
      for (let n = 0; n < MEL_FFT; n++) {
        const w = this.#window[n]!;
        sum[t * MEL_HOP + n]! += w * this.#frame[n]!;
        weight[t * MEL_HOP + n]! += w * w;
      }
    }
    for (let n = 0; n < sum.length; n++) sum[n]! /= Math.max(weight[n]!, 1e-3);
    return sum;
  }
}
