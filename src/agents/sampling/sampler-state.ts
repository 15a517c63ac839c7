import type { Ancestor, Audio, Descriptors, Samples } from '../../core/index.js';
import { toSamples } from '../../core/index.js';
import { openIndex } from '../../memory/index.js';
import type { IndexPreference, VectorIndex } from '../../memory/index.js';
import { Database } from './database.js';
import { Debris } from './debris.js';
import { type Ready, described, fingerprint, readied, segmentOf } from './hearing.js';
import type { Segment } from './segment.js';
import { Taboo } from './taboo.js';

/** How a sampler remembers. Times are in seconds. */
export interface MemoryParams {
  readonly hop: number;
  readonly unit: number;
  readonly taboo: number;
  readonly memory: number;
  readonly keep: readonly string[];
  readonly index: IndexPreference;
  readonly debrisAfter: number;
  readonly debrisEvery: number;
}

/** What hearing a sound changed. */
export interface HeardSound {
  readonly forgotten: readonly Segment[];
  /** Samples that were no numbers. */
  readonly scrubbed: number;
  /** Descriptors that belong to no waiting sound. */
  readonly unfit?: number;
}

/** A sound whose descriptors are still to come. */
export interface Waiting {
  readonly from: Ancestor;
  readonly ready: Ready;
}

/** Sounds that wait for descriptors which somebody else computes. */
const WAITING_MAX = 16;

/**
 * Everything a sampler holds between two messages. It lives as long as its agent and is not copied
 * from step to step.
 */
export class SamplerState {
  readonly database: Database;
  readonly taboo: Taboo;
  readonly debris: Debris;
  readonly #params: MemoryParams;
  readonly #sampleRate: number;
  readonly #known = new Map<string, Segment>();
  #told = false;
  #turned: number | undefined;
  #waiting: Waiting[] = [];

  constructor(
    params: MemoryParams,
    { sampleRate, onNote }: { sampleRate: number; onNote: (note: string) => void },
  ) {
    this.#params = params;
    this.#sampleRate = sampleRate;
    this.taboo = new Taboo(params.taboo);
    this.database = new Database({
      length: params.unit,
      samplesMax: toSamples(params.memory, sampleRate),
      open: (dimensions) => this.#open(dimensions, onNote),
    });
    this.debris = new Debris({
      after: toSamples(params.debrisAfter, sampleRate),
      every: toSamples(params.debrisEvery, sampleRate),
    });
  }

  /** Remembers a sound, described by itself or, later, by `hearDescriptors`. */
  async hear(from: Ancestor, audio: Audio, now: Samples, describe: boolean): Promise<HeardSound> {
    const ready = await readied(audio, this.#sampleRate);
    const { scrubbed } = ready;
    if (ready.samples.length === 0) return { forgotten: [], scrubbed };
    if (describe) {
      const forgotten = this.#remember(from, ready, now, () => described(ready, this.#params.hop));
      return { forgotten, scrubbed };
    }
    this.#waiting = [...this.#waiting, { from, ready }].slice(-WAITING_MAX);
    return { forgotten: [], scrubbed };
  }

  /**
   * Remembers the oldest waiting sound that is as long as these descriptors say; else they are
   * unfit.
   */
  hearDescriptors(frames: Descriptors, now: Samples): HeardSound {
    const fits = ({ ready }: { readonly ready: Ready }): boolean =>
      1 + Math.floor(ready.samples.length / frames.hopLength) === frames.rows;
    const found = this.#waiting.find(fits);
    const known = this.database.segments[0]?.frames ?? frames;
    if (found === undefined || known.names.join() !== frames.names.join()) {
      return { forgotten: [], scrubbed: 0, unfit: frames.rows };
    }
    this.#waiting = this.#waiting.filter((other) => other !== found);
    const data = frames.data.map((x) => (Number.isFinite(x) ? x : 0));
    const clean = { ...frames, data };
    return { forgotten: this.#remember(found.from, found.ready, now, () => clean), scrubbed: 0 };
  }

  /** Makes the taboo last so many matches from now on, whatever the params say. */
  turnTaboo(room: number): void {
    this.#turned = room;
    this.taboo.room = room;
  }

  /** How long the taboo was told to last; undefined where it is as in the params. */
  get turned(): number | undefined {
    return this.#turned;
  }

  /** Sounds that wait for their descriptors, the oldest first. */
  get waiting(): readonly Waiting[] {
    return this.#waiting;
  }

  /** Waits for the descriptors of these sounds, and knows again what the database remembers. */
  recall(waiting: readonly Waiting[], prints: readonly string[]): void {
    this.#waiting = [...waiting];
    for (const [i, segment] of this.database.segments.entries()) {
      this.#known.set(prints[i] as string, segment);
    }
  }

  /** The fingerprints of what the database remembers, in its order. */
  prints(): readonly string[] {
    const prints = new Map([...this.#known].map(([print, segment]) => [segment, print]));
    return this.database.segments.map((segment) => prints.get(segment) as string);
  }

  async #open(dimensions: number, onNote: (note: string) => void): Promise<VectorIndex> {
    const prefer = this.#params.index;
    const { index, why } = await openIndex({ prefer, dimensions });
    if (prefer === 'auto' && index.kind === 'exact' && !this.#told) onNote(why);
    this.#told = true;
    return index;
  }

  #remember(
    from: Ancestor,
    ready: Ready,
    now: Samples,
    describe: () => Descriptors,
  ): readonly Segment[] {
    const print = fingerprint(ready.samples);
    const known = this.#known.get(print);
    if (known !== undefined) {
      this.database.refresh(known);
      return [];
    }
    const options = { keep: this.#params.keep, heardAt: now };
    const segment = segmentOf(from, ready, describe(), options);
    this.#known.set(print, segment);
    const forgotten = this.database.hear(segment);
    for (const old of forgotten) this.#known.delete(fingerprint(old.samples));
    return forgotten;
  }
}
