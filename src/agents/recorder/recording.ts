import type { Audio, Samples } from '../../core/index.js';
import {
  Limiter,
  type LimiterMemory,
  LoudnessRide,
  MixTimeline,
  type RideMemory,
  type TimelineMemory,
  type WavFormat,
  WavWriter,
  resample,
  scrub,
} from '../../audio/index.js';

/** The cut at the end of a run slopes over this long. */
const CUT_SECONDS = 0.01;

/** What a recording is written as. */
export interface RecordingOptions {
  readonly sampleRate: number;
  readonly channels: number;
  readonly format: WavFormat;
  /** Nothing at or between the samples of the file passes this, in dBTP. */
  readonly ceilingDb: number;
  /** What a slow gain before the limiter aims at; no such gain unless given. */
  readonly loudnessLufs: number | undefined;
  /** Logical time of the file's first sample. */
  readonly startSample: Samples;
}

/** What is heard already and not written yet; plain data. */
export interface RecordingMemory {
  readonly timeline: TimelineMemory;
  readonly limiter: LimiterMemory;
  readonly ride?: RideMemory;
  /** Logical time of the next sample to be written. */
  readonly next: Samples;
}

/**
 * A mix of sounds on the timeline that becomes a file as time passes: sample n of the file is
 * logical time n after the start. Under its ceiling whatever is added; NaN and infinities are faded
 * out.
 */
export class Recording {
  readonly #timeline: MixTimeline;
  readonly #ride: LoudnessRide | undefined;
  readonly #limiter: Limiter;
  readonly #writer: WavWriter;
  /** Held back, so that the end of a run still finds samples to slope down. */
  readonly #cutSamples: Samples;
  readonly #startSample: Samples;
  /** What the limiter owes from before the first sample. */
  #owed: number;

  constructor(path: string, options: RecordingOptions) {
    const { sampleRate, channels, format, ceilingDb, startSample } = options;
    const targetLufs = options.loudnessLufs;
    this.#ride =
      targetLufs === undefined ? undefined : new LoudnessRide({ sampleRate, channels, targetLufs });
    this.#timeline = new MixTimeline(channels, startSample);
    this.#limiter = new Limiter({ sampleRate, channels, ceilingDb, peaks: 'true' });
    this.#writer = new WavWriter(path, { sampleRate, channels, format });
    this.#startSample = startSample;
    this.#cutSamples = Math.round(CUT_SECONDS * sampleRate);
    this.#owed = this.#limiter.latencySamples;
  }

  /** Adds a sound from a logical time on; one of another rate is brought to the file's. */
  async add(at: Samples, audio: Audio, gain: number): Promise<void> {
    const clean = audio.channels.map((channel) => scrub(channel).samples);
    if (clean.length === 0) return;
    const sound = await resample({ ...audio, channels: clean }, this.#writer.sampleRate);
    this.#timeline.add(at, sound.channels, gain);
  }

  /** Writes what can no longer change once it is `now`: a whole file, should this be the end. */
  advance(now: Samples): void {
    this.#write(this.#limiter.process(this.#take(now - this.#cutSamples)));
    this.#writer.flush();
  }

  /** Writes up to exactly `now`, cuts what would sound after it, and closes the file. */
  finish(now: Samples): void {
    const rest = this.#take(now);
    rest.forEach((channel) => slopeDown(channel, this.#cutSamples));
    this.#write(this.#limiter.process(rest));
    this.#write(this.#limiter.flush());
    this.#writer.close();
  }

  /** What another recording needs to go on from here. */
  memory(): RecordingMemory {
    // Before the first sample it owes silence, which lies before the beginning.
    const next = this.#startSample + this.#writer.frames - this.#owed;
    const [timeline, limiter] = [this.#timeline.memory(), this.#limiter.memory()];
    return { timeline, limiter, next, ...(this.#ride ? { ride: this.#ride.memory() } : {}) };
  }

  /** Goes on where another was; what that one had still to write before this one's start is its. */
  recall({ timeline, limiter, next, ride }: RecordingMemory): void {
    this.#timeline.recall(timeline);
    this.#limiter.recall(limiter);
    // A run forked with another loudness begins at no gain.
    if (ride !== undefined) this.#ride?.recall(ride);
    this.#owed = this.#startSample - next;
  }

  #take(until: Samples): Float32Array[] {
    const mixed = this.#timeline.take(until);
    this.#ride?.process(mixed);
    return mixed;
  }

  #write(channels: readonly Float32Array[]): void {
    const skipped = Math.min(this.#owed, channels[0]!.length);
    this.#owed -= skipped;
    this.#writer.write(channels.map((channel) => channel.subarray(skipped)));
  }
}

function slopeDown(samples: Float32Array, slope: number): void {
  const start = Math.max(0, samples.length - slope);
  for (let i = start; i < samples.length; i++) samples[i]! *= (samples.length - i - 1) / slope;
}
