import { K_STATE, type KWeighting, kWeighting, weightedEnergy } from './k-weighting.js';

/** Steps of 100 ms in the two windows of EBU R128. */
const MOMENTARY_STEPS = 4;
const SHORT_TERM_STEPS = 30;

/** What a loudness meter remembers between two blocks; plain data. */
export interface LoudnessMemory {
  readonly filters: readonly Float64Array[];
  readonly energy: number;
  readonly filled: number;
  readonly steps: Float64Array;
  readonly count: number;
}

/** A mean square after K-weighting, summed over channels, in LUFS; −∞ for silence. */
export function lufsOf(power: number): number {
  return power > 0 ? -0.691 + 10 * Math.log10(power) : Number.NEGATIVE_INFINITY;
}

/**
 * How loud sound is as it goes by (ITU-R BS.1770-4, EBU Tech 3341): over the last 400 ms and the
 * last 3 s, anew every 100 ms. Every channel weighs the same. Takes finite samples.
 */
export class LoudnessMeter {
  readonly stepSamples: number;
  readonly #weighting: KWeighting;
  #filters: readonly Float64Array[];
  #energy = 0;
  #filled = 0;
  /** Power of the last 3 s, a ring. */
  #steps = new Float64Array(SHORT_TERM_STEPS);
  #count = 0;

  constructor({
    sampleRate,
    channels,
  }: { readonly sampleRate: number; readonly channels: number }) {
    this.stepSamples = Math.max(1, Math.round(sampleRate / 10));
    this.#weighting = kWeighting(sampleRate);
    this.#filters = Array.from({ length: channels }, () => new Float64Array(K_STATE));
  }

  /** Mean square over the last 400 ms; undefined before there are so many. */
  get momentaryPower(): number | undefined {
    return this.#powerOver(MOMENTARY_STEPS);
  }

  /** Loudness of the last 3 s in LUFS, or of what there is; undefined in the first step. */
  get shortTermLufs(): number | undefined {
    const power = this.#powerOver(Math.min(SHORT_TERM_STEPS, this.#count));
    return power === undefined ? undefined : lufsOf(power);
  }

  /** Hears a block; calls back after each step that ends within it, with where in the block. */
  add(channels: readonly Float32Array[], onStep: (at: number) => void): void {
    const length = channels[0]?.length ?? 0;
    for (let from = 0; from < length; ) {
      const to = Math.min(length, from + this.stepSamples - this.#filled);
      for (const [c, channel] of channels.entries()) {
        this.#energy += weightedEnergy(this.#weighting, channel, [from, to], this.#filters[c]!);
      }
      this.#filled += to - from;
      if (this.#filled === this.stepSamples) this.#endStep();
      if (this.#filled === 0) onStep(to);
      from = to;
    }
  }

  /** A copy of what it remembers. */
  memory(): LoudnessMemory {
    return {
      filters: this.#filters.map((state) => state.slice()),
      energy: this.#energy,
      filled: this.#filled,
      steps: this.#steps.slice(),
      count: this.#count,
    };
  }

  /** Goes on where a meter of the same rate and as many channels was. */
  recall({ filters, energy, filled, steps, count }: LoudnessMemory): void {
    this.#filters = filters.map((state) => state.slice());
    this.#energy = energy;
    this.#filled = filled;
    this.#steps = steps.slice();
    this.#count = count;
  }

  #endStep(): void {
    this.#steps[this.#count % SHORT_TERM_STEPS] = this.#energy / this.stepSamples;
    this.#count++;
    this.#energy = 0;
    this.#filled = 0;
  }

  #powerOver(steps: number): number | undefined {
    if (steps === 0 || this.#count < steps) return undefined;
    let sum = 0;
    for (let back = 1; back <= steps; back++) {
      sum += this.#steps[(this.#count - back) % SHORT_TERM_STEPS]!;
    }
    return sum / steps;
  }
}
