import { RealFft } from './fft.js';
import { padded } from './padding.js';

const FRAME = 2048;
const WINDOW = 1024;
const F0_MIN = 80;
const F0_MAX = 10_000;
const TROUGH = 0.1;
const NEGLIGIBLE = 1e-6;

/** How f0 is tracked: the hop in samples and the rate in hertz that periods are read at. */
export interface YinOptions {
  readonly hopLength: number;
  /** The original never gave its own and so read 44,100 Hz sound at 22,050: half the pitch. */
  readonly sampleRate: number;
}

/**
 * The fundamental of each centred frame of 2048 samples in hertz, between 80 and 10,000, by YIN (de
 * Cheveigné and Kawahara 2002) as librosa 0.8 does it. Always a number: silence gives the highest.
 */
export function yinF0(samples: Float32Array, { hopLength, sampleRate }: YinOptions): Float32Array {
  const shortest = Math.max(Math.floor(sampleRate / F0_MAX), 1);
  const longest = Math.min(Math.ceil(sampleRate / F0_MIN), FRAME - WINDOW - 1);
  const sound = padded(samples, FRAME / 2, 'reflect');
  const frames = 1 + Math.floor(samples.length / hopLength);
  const yin = new Yin(shortest, longest);
  return Float32Array.from({ length: frames }, (_, t) => {
    return sampleRate / yin.period(sound.subarray(t * hopLength, t * hopLength + FRAME));
  });
}

class Yin {
  readonly #shortest: number;
  readonly #longest: number;
  readonly #whole = new RealFft(FRAME);
  readonly #first = new RealFft(FRAME);
  readonly #padded = new Float64Array(FRAME);
  readonly #energy = new Float32Array(FRAME);
  readonly #similar = new Float64Array(FRAME);
  readonly #normalised: Float64Array;

  constructor(shortest: number, longest: number) {
    this.#shortest = shortest;
    this.#longest = longest;
    this.#normalised = new Float64Array(longest - shortest + 1);
  }

  /** The period of one frame in samples, to a fraction. */
  period(frame: Float32Array): number {
    this.#autocorrelate(frame);
    this.#sumEnergy(frame);
    this.#normalise();
    const at = chosenTrough(this.#normalised);
    return this.#shortest + at + parabolicShift(this.#normalised, at);
  }

  /** similar[τ] = Σ y[n]·y[n+τ] over n = 0…1024, for τ < 1024. */
  #autocorrelate(frame: Float32Array): void {
    this.#padded.set(frame);
    this.#whole.forward(this.#padded);
    this.#padded.fill(0, WINDOW + 1);
    this.#first.forward(this.#padded);
    const [a, b] = [this.#first, this.#whole];
    for (let k = 0; k < a.bins; k++) {
      const re = a.re[k]! * b.re[k]! + a.im[k]! * b.im[k]!;
      a.im[k] = a.re[k]! * b.im[k]! - a.im[k]! * b.re[k]!;
      a.re[k] = re;
    }
    a.inverse(this.#similar);
  }

  /** Running sums in single precision, as the original's: the last digits steer near-ties. */
  #sumEnergy(frame: Float32Array): void {
    let sum = 0;
    for (let n = 0; n < FRAME; n++) {
      sum = Math.fround(sum + Math.fround(frame[n]! * frame[n]!));
      this.#energy[n] = sum;
    }
  }

  /** The cumulative-mean-normalised difference from the shortest period to the longest. */
  #normalise(): void {
    const first = this.#energyAt(0);
    let sum = 0;
    for (let lag = 1; lag <= this.#longest; lag++) {
      const similar = this.#similar[lag]!;
      const shared = Math.abs(similar) < NEGLIGIBLE ? 0 : similar;
      const difference = Math.fround(first + this.#energyAt(lag)) - 2 * shared;
      sum += difference;
      if (lag < this.#shortest) continue;
      this.#normalised[lag - this.#shortest] = difference / (sum / lag + Number.MIN_VALUE);
    }
  }

  #energyAt(lag: number): number {
    const energy = Math.fround(this.#energy[lag + WINDOW]! - this.#energy[lag]!);
    return Math.abs(energy) < NEGLIGIBLE ? 0 : energy;
  }
}

/** The first trough under the threshold, or else the lowest point. */
function chosenTrough(d: Float64Array): number {
  let lowest = 0;
  for (let i = 0; i < d.length; i++) {
    if (d[i]! < TROUGH && isTrough(d, i)) return i;
    if (d[i]! < d[lowest]!) lowest = i;
  }
  return lowest;
}

function isTrough(d: Float64Array, i: number): boolean {
  if (i === 0) return d[0]! < d[1]!;
  return d[i]! < d[i - 1]! && d[i]! <= d[Math.min(i + 1, d.length - 1)]!;
}

function parabolicShift(d: Float64Array, i: number): number {
  if (i === 0 || i === d.length - 1) return 0;
  const bend = d[i + 1]! + d[i - 1]! - 2 * d[i]!;
  const shift = -(d[i + 1]! - d[i - 1]!) / 2 / (bend + Number.MIN_VALUE);
  return Math.abs(shift) > 1 ? 0 : shift;
}
