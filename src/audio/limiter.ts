import { fromDb } from './level.js';
import { TRUE_PEAK_TAPS, raiseToTruePeaks } from './true-peak.js';

/** How a limiter works. */
export interface LimiterOptions {
  readonly sampleRate: number;
  readonly channels?: number;
  /** Nothing comes out above this: −1 dB by default. */
  readonly ceilingDb?: number;
  /** What the ceiling holds for: samples (dBFS, unless told), or what lies between too (dBTP). */
  readonly peaks?: 'sample' | 'true';
  /** How far it looks ahead, and so how late it is: 5 ms by default. */
  readonly lookAheadSeconds?: number;
  /** How slowly the gain comes back: 100 ms by default. */
  readonly releaseSeconds?: number;
}

/** What a limiter remembers between two blocks; plain data. */
export interface LimiterMemory {
  readonly delayed: readonly Float32Array[];
  readonly needs: readonly { readonly gain: number; readonly until: number }[];
  readonly held: Float64Array;
  readonly heldSum: number;
  readonly gain: number;
  readonly time: number;
}

/** What of the past a value between samples is made of. */
const HISTORY = TRUE_PEAK_TAPS - 1;

/**
 * A brick-wall limiter for blocks of any size: the gain of all channels together falls smoothly
 * before a peak is reached and comes back slowly. The output is `latencySamples` late; the same
 * samples in other blocks give the same samples. NaN and infinities count as silence.
 */
export class Limiter {
  readonly latencySamples: number;
  readonly ceiling: number;
  readonly #truePeaks: boolean;
  /** The gain falls over so many samples. */
  readonly #fall: number;
  #delayed: readonly Float32Array[];
  readonly #release: number;
  /** The lowest gain needed within the look-ahead, as rising values with their expiry. */
  #needs: { gain: number; until: number }[] = [];
  #held: Float64Array;
  #heldSum: number;
  #gain = 1;
  #time = 0;

  constructor(options: LimiterOptions) {
    const { sampleRate, channels = 1, ceilingDb = -1 } = options;
    const { lookAheadSeconds = 0.005, releaseSeconds = 0.1 } = options;
    this.#truePeaks = options.peaks === 'true';
    // The gain stands still while what lies between twelve samples passes: it falls before that.
    const standing = this.#truePeaks ? HISTORY : 0;
    this.latencySamples = Math.max(1 + standing, Math.round(lookAheadSeconds * sampleRate));
    this.#fall = this.latencySamples - standing;
    this.ceiling = roundedDown(fromDb(ceilingDb));
    this.#delayed = Array.from({ length: channels }, () => new Float32Array(this.latencySamples));
    this.#release = 1 - Math.exp(-1 / (releaseSeconds * sampleRate));
    this.#held = new Float64Array(this.#fall).fill(1);
    this.#heldSum = this.#fall;
  }

  /** Limits one block, an array per channel; as many samples come out as go in. */
  process(channels: readonly Float32Array[]): Float32Array[] {
    const length = channels[0]?.length ?? 0;
    const sound = channels.map((channel) => channel.map(finite));
    const peaks = this.#peaks(sound, length);
    const out = channels.map(() => new Float32Array(length));
    for (let n = 0; n < length; n++) this.#step(sound, out, n, peaks[n]!);
    return out;
  }

  /** The last `latencySamples`, once no more sound comes. */
  flush(): Float32Array[] {
    return this.process(this.#delayed.map(() => new Float32Array(this.latencySamples)));
  }

  /** A copy of what it remembers. */
  memory(): LimiterMemory {
    return {
      delayed: this.#delayed.map((line) => line.slice()),
      needs: this.#needs.map((need) => ({ ...need })),
      held: this.#held.slice(),
      heldSum: this.#heldSum,
      gain: this.#gain,
      time: this.#time,
    };
  }

  /** Goes on where a limiter with the same options was. */
  recall(memory: LimiterMemory): void {
    this.#delayed = memory.delayed.map((line) => line.slice());
    this.#needs = memory.needs.map((need) => ({ ...need }));
    // One that fell over another length goes on at the gain it had.
    const mean = memory.heldSum / memory.held.length;
    const isAlike = memory.held.length === this.#fall;
    this.#held = isAlike ? memory.held.slice() : new Float64Array(this.#fall).fill(mean);
    this.#heldSum = isAlike ? memory.heldSum : mean * this.#fall;
    this.#gain = memory.gain;
    this.#time = memory.time;
  }

  /** For every sample, the largest value of any channel that its arrival makes known. */
  #peaks(sound: readonly Float32Array[], length: number): Float64Array {
    const peaks = new Float64Array(length);
    for (const [c, channel] of sound.entries()) {
      if (this.#truePeaks) raiseToTruePeaks(this.#withHistory(c, channel), this.ceiling, peaks);
      else channel.forEach((x, n) => (peaks[n] = Math.max(peaks[n]!, Math.abs(x))));
    }
    return peaks;
  }

  #withHistory(c: number, channel: Float32Array): Float32Array {
    const line = new Float32Array(HISTORY + channel.length);
    const { latencySamples } = this;
    for (let k = 0; k < HISTORY; k++) {
      line[k] = this.#delayed[c]![(this.#time + latencySamples - HISTORY + k) % latencySamples]!;
    }
    line.set(channel, HISTORY);
    return line;
  }

  #step(
    sound: readonly Float32Array[],
    out: readonly Float32Array[],
    n: number,
    peak: number,
  ): void {
    const slot = this.#time % this.latencySamples;
    const gain = this.#smoothed(this.#needed(peak), this.#time % this.#fall);
    for (let c = 0; c < sound.length; c++) {
      const line = this.#delayed[c]!;
      const limited = line[slot]! * gain;
      out[c]![n] = Math.max(-this.ceiling, Math.min(this.ceiling, limited));
      line[slot] = sound[c]![n]!;
    }
    this.#time++;
  }

  /** The lowest gain that any sample of the look-ahead needs, released slowly. */
  #needed(peak: number): number {
    const needs = this.#needs;
    const gain = peak > this.ceiling ? this.ceiling / peak : 1;
    while (needs.length > 0 && needs.at(-1)!.gain >= gain) needs.pop();
    needs.push({ gain, until: this.#time + this.latencySamples });
    if (needs[0]!.until < this.#time) needs.shift();
    const least = needs[0]!.gain;
    this.#gain = least < this.#gain ? least : this.#gain + (least - this.#gain) * this.#release;
    return this.#gain;
  }

  /** A moving average, so that the gain has arrived when the peak does. */
  #smoothed(gain: number, slot: number): number {
    this.#heldSum += gain - this.#held[slot]!;
    this.#held[slot] = gain;
    return Math.min(1, this.#heldSum / this.#fall);
  }
}

function finite(x: number): number {
  return Number.isFinite(x) ? x : 0;
}

/** The largest single-precision number not above x, so that rounding cannot pass the ceiling. */
function roundedDown(x: number): number {
  const rounded = Math.fround(x);
  return rounded <= x ? rounded : Math.fround(x * (1 - 2 ** -23));
}
