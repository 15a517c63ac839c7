/** What a timeline holds that was not taken yet; plain data. */
export interface TimelineMemory {
  readonly strip: readonly Float32Array[];
  readonly start: number;
  readonly end: number;
  readonly late: number;
}

/**
 * A strip of time that sounds are added to at any sample not yet taken, and taken from in order.
 * What is added before the last taken sample is late: only the part after it sounds, and
 * `lateSamples` counts the rest.
 */
export class MixTimeline {
  readonly channels: number;
  #strip: Float32Array[];
  #start = 0;
  #end = 0;
  #late = 0;

  constructor(channels: number, startSample = 0) {
    this.channels = channels;
    this.#start = startSample;
    this.#end = startSample;
    this.#strip = Array.from({ length: channels }, () => new Float32Array(0));
  }

  /** The first sample not yet taken. */
  get start(): number {
    return this.#start;
  }

  /** One past the last sample that holds sound. */
  get end(): number {
    return this.#end;
  }

  /** How many samples came too late to sound. */
  get lateSamples(): number {
    return this.#late;
  }

  /**
   * Adds a sound at a sample. Mono goes to every channel; of more channels than the strip has, the
   * rest is folded in from the first again.
   */
  add(atSample: number, channels: readonly Float32Array[], gain = 1): void {
    const length = channels[0]?.length ?? 0;
    const skipped = Math.min(length, Math.max(0, this.#start - atSample));
    this.#late += skipped;
    if (skipped === length) return;
    this.#reach(atSample + length);
    const offset = atSample - this.#start;
    for (let c = 0; c < Math.max(channels.length, this.channels); c++) {
      if (c >= channels.length && channels.length > 1) break;
      const sound = channels[c % channels.length]!;
      const strip = this.#strip[c % this.channels]!;
      for (let n = skipped; n < length; n++) strip[offset + n]! += gain * sound[n]!;
    }
  }

  /** Takes all before a sample, silence where nothing was added; nothing if already taken. */
  take(untilSample: number): Float32Array[] {
    const length = Math.max(0, untilSample - this.#start);
    const out = this.#strip.map((strip) => {
      const block = new Float32Array(length);
      block.set(strip.subarray(0, Math.min(length, strip.length)));
      return block;
    });
    this.#strip = this.#strip.map((strip) => strip.slice(length));
    this.#start += length;
    this.#end = Math.max(this.#end, this.#start);
    return out;
  }

  /** A copy of what is still to be taken. */
  memory(): TimelineMemory {
    const [start, end] = [this.#start, this.#end];
    const strip = this.#strip.map((channel) => channel.slice(0, end - start));
    return { strip, start, end, late: this.#late };
  }

  /** Goes on where a timeline of as many channels was. */
  recall({ strip, start, end, late }: TimelineMemory): void {
    this.#strip = strip.map((channel) => channel.slice());
    this.#start = start;
    this.#end = end;
    this.#late = late;
  }

  #reach(end: number): void {
    this.#end = Math.max(this.#end, end);
    const needed = end - this.#start;
    if (needed <= this.#strip[0]!.length) return;
    this.#strip = this.#strip.map((strip) => {
      const longer = new Float32Array(Math.ceil(needed * 1.25));
      longer.set(strip);
      return longer;
    });
  }
}
