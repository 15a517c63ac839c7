import { fromDb } from './level.js';

/** How a limiter works. */
export interface LimiterOptions {
  readonly sampleRate: number;
  readonly channels?: number;
  /** No sample comes out above this: −1 dBFS by default. */
  readonly ceilingDb?: number;
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

/**
 * A brick-wall limiter for blocks of any size: the gain of all channels together falls smoothly
 * before a peak is reached and comes back slowly. The output is `latencySamples` late; the same
 * samples in other blocks give the same samples. NaN and infinities count as silence.
 */
export class Limiter {
  readonly latencySamples: number;
  readonly ceiling: number;
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
    this.latencySamples = Math.max(1, Math.round(lookAheadSeconds * sampleRate));
    this.ceiling = roundedDown(fromDb(ceilingDb));
    this.#delayed = Array.from({ length: channels }, () => new Float32Array(this.latencySamples));
    this.#release = 1 - Math.exp(-1 / (releaseSeconds * sampleRate));
    this.#held = new Float64Array(this.latencySamples).fill(1);
    this.#heldSum = this.latencySamples;
  }

  /** Limits one block, an array per channel; as many samples come out as go in. */
  process(channels: readonly Float32Array[]): Float32Array[] {
    const length = channels[0]?.length ?? 0;
    const out = channels.map(() => new Float32Array(length));
    for (let n = 0; n < length; n++) this.#step(channels, out, n);
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
    this.#held = memory.held.slice();
    this.#heldSum = memory.heldSum;
    this.#gain = memory.gain;
    this.#time = memory.time;
  }

  #step(channels: readonly Float32Array[], out: readonly Float32Array[], n: number): void {
    const slot = this.#time % this.latencySamples;
    let peak = 0;
    for (const channel of channels) peak = Math.max(peak, Math.abs(finite(channel[n]!)));
    const gain = this.#smoothed(this.#needed(peak), slot);
    for (let c = 0; c < channels.length; c++) {
      const line = this.#delayed[c]!;
      const limited = line[slot]! * gain;
      out[c]![n] = Math.max(-this.ceiling, Math.min(this.ceiling, limited));
      line[slot] = finite(channels[c]![n]!);
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

  /** A moving average over the look-ahead, so that the gain has arrived when the peak does. */
  #smoothed(gain: number, slot: number): number {
    this.#heldSum += gain - this.#held[slot]!;
    this.#held[slot] = gain;
    return Math.min(1, this.#heldSum / this.latencySamples);
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
