import { fromDb } from './level.js';
import { type LoudnessMemory, LoudnessMeter } from './loudness-meter.js';

/** How fast and how far the gain goes. */
const DB_PER_SECOND = 0.5;
const STEPS_PER_SECOND = 10;
const REACH_DB = 12;
/** What is quieter is a rest and not a soft passage: the gain waits. */
const REST_LUFS = -60;

/** What a loudness ride remembers between two blocks; plain data. */
export interface RideMemory {
  readonly meter: LoudnessMemory;
  readonly gainDb: number;
  readonly lastDb: number;
  readonly into: number;
}

/**
 * A hand on the fader: brings the loudness of the last 3 s towards a target by at most 0.5 dB a
 * second and 12 dB in all, and waits in rests. Without delay; the same samples in other blocks give
 * the same samples.
 */
export class LoudnessRide {
  readonly #target: number;
  readonly #meter: LoudnessMeter;
  #gainDb = 0;
  #lastDb = 0;
  #into = 0;

  constructor(options: {
    readonly sampleRate: number;
    readonly channels: number;
    readonly targetLufs: number;
  }) {
    this.#target = options.targetLufs;
    this.#meter = new LoudnessMeter(options);
  }

  /** Brings a block of finite samples to the gain, in place. */
  process(channels: readonly Float32Array[]): void {
    let from = 0;
    this.#meter.add(channels, (to) => {
      this.#apply(channels, from, to);
      this.#turn();
      from = to;
    });
    this.#apply(channels, from, channels[0]?.length ?? 0);
  }

  /** A copy of what it remembers. */
  memory(): RideMemory {
    const [gainDb, lastDb, into] = [this.#gainDb, this.#lastDb, this.#into];
    return { meter: this.#meter.memory(), gainDb, lastDb, into };
  }

  /** Goes on where a ride with the same options was. */
  recall({ meter, gainDb, lastDb, into }: RideMemory): void {
    this.#meter.recall(meter);
    this.#gainDb = gainDb;
    this.#lastDb = lastDb;
    this.#into = into;
  }

  /** From the gain of the last step to that of this one, in a straight line. */
  #apply(channels: readonly Float32Array[], from: number, to: number): void {
    const { stepSamples } = this.#meter;
    const last = fromDb(this.#lastDb);
    const slope = (fromDb(this.#gainDb) - last) / stepSamples;
    for (const channel of channels) {
      for (let n = from; n < to; n++) channel[n]! *= last + slope * (this.#into + n - from);
    }
    this.#into = (this.#into + to - from) % stepSamples;
  }

  /** Called at the end of a step: what was heard so far says where the gain goes in the next. */
  #turn(): void {
    this.#lastDb = this.#gainDb;
    const lufs = this.#meter.shortTermLufs ?? Number.NEGATIVE_INFINITY;
    if (lufs < REST_LUFS) return;
    const wanted = within(this.#target - lufs, REACH_DB);
    this.#gainDb += within(wanted - this.#gainDb, DB_PER_SECOND / STEPS_PER_SECOND);
  }
}

function within(db: number, most: number): number {
  return Math.max(-most, Math.min(most, db));
}
