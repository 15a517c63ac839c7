import type { SaidRecord } from '../../archive/index.js';
import { type Random, type Samples, seededRandom } from '../../core/index.js';
import type { Pair } from '../lockstep.js';

/** How unlike two runs are during one stretch of logical time. */
export interface Window {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Envelopes that either run said. */
  readonly said: number;
  /** Those that the other did not say alike: other numbers or fields, or not at all. */
  readonly differing: number;
  /** Mean spectral distance of the sounds that both said under one id; absent without any. */
  readonly distanceDb?: number;
}

/** Two sounds of one id that are not the same. */
export interface SoundPair {
  readonly original: SaidRecord;
  readonly other: SaidRecord;
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400];
const WINDOWS_MAX = 60;
/** Sounds whose distance is measured in each window: reading them is what takes time. */
const MEASURED_MAX = 8;
/** Sounds that only one run has said so far are remembered, no more of them than this. */
const ALONE_MAX = 4096;

/** Seconds of a window, so that there are no more than 60 of them over a length. */
export function windowSecondsFor(lengthSeconds: number): number {
  const least = lengthSeconds / WINDOWS_MAX;
  return STEPS.find((step) => step >= least) ?? Math.ceil(least / 86_400) * 86_400;
}

interface Count {
  said: number;
  differing: number;
  sounds: number;
  changedSounds: number;
  /** A fair draw from the changed sounds of the window. */
  readonly drawn: SoundPair[];
}

const none = (): Count => {
  return { said: 0, differing: 0, sounds: 0, changedSounds: 0, drawn: [] };
};

/** Counts pairs by windows of logical time. */
export class Windows {
  readonly #counts = new Map<number, Count>();
  readonly #window: Samples;
  readonly #seconds: number;
  readonly #alone = new Map<string, { record: SaidRecord; of: 'original' | 'other' }>();
  readonly #random: Random = seededRandom(1, 'compare');

  constructor(windowSeconds: number, sampleRate: number) {
    this.#seconds = windowSeconds;
    this.#window = windowSeconds * sampleRate;
  }

  /** Counts one pair; only what was said counts. */
  count({ original, other, equal }: Pair): void {
    const record = original ?? other;
    if (record === undefined || record.type !== 'said') return;
    const count = this.#at(record.time);
    count.said++;
    if (!equal) count.differing++;
    if (record.carries !== 'audio') return;
    if (original?.type === 'said' && other?.type === 'said') this.#heard({ original, other });
    else this.#waitFor(record, original === undefined ? 'other' : 'original');
  }

  /** The windows in order, with distances measured by `distance` on a draw of the sounds. */
  async measured(
    distance: (pair: SoundPair) => Promise<number | undefined>,
  ): Promise<readonly Window[]> {
    const windows: Window[] = [];
    const end = Math.max(-1, ...this.#counts.keys());
    for (let index = Math.min(end + 1, ...this.#counts.keys()); index <= end; index++) {
      const count = this.#counts.get(index) ?? none();
      const { said, differing } = count;
      const [fromSeconds, toSeconds] = [index * this.#seconds, (index + 1) * this.#seconds];
      const distanceDb = await meanDistance(count, distance);
      const far = distanceDb === undefined ? {} : { distanceDb };
      windows.push({ fromSeconds, toSeconds, said, differing, ...far });
    }
    return windows;
  }

  #at(time: Samples): Count {
    const index = Math.floor(time / this.#window);
    const count = this.#counts.get(index) ?? none();
    this.#counts.set(index, count);
    return count;
  }

  /** The other run may say a sound of this id earlier or later. */
  #waitFor(record: SaidRecord, of: 'original' | 'other'): void {
    const alone = this.#alone.get(record.id);
    this.#alone.delete(record.id);
    if (alone !== undefined && alone.of !== of) {
      const [original, other] = of === 'other' ? [alone.record, record] : [record, alone.record];
      return this.#heard({ original, other });
    }
    this.#alone.set(record.id, { record, of });
    if (this.#alone.size > ALONE_MAX) this.#alone.delete(this.#alone.keys().next().value as string);
  }

  #heard(pair: SoundPair): void {
    const { original, other } = pair;
    if (original.carries !== 'audio' || other.carries !== 'audio') return;
    const count = this.#at(original.time);
    count.sounds++;
    if (original.hash === other.hash) return;
    const place = this.#random.below(++count.changedSounds);
    if (count.drawn.length < MEASURED_MAX) count.drawn.push(pair);
    else if (place < MEASURED_MAX) count.drawn[place] = pair;
  }
}

/** Equal sounds are at distance 0; the changed ones stand for those that were not drawn. */
async function meanDistance(
  { sounds, changedSounds, drawn }: Count,
  distance: (pair: SoundPair) => Promise<number | undefined>,
): Promise<number | undefined> {
  if (sounds === 0) return undefined;
  if (changedSounds === 0) return 0;
  const far: number[] = [];
  for (const pair of drawn) {
    const one = await distance(pair);
    if (one !== undefined) far.push(one);
  }
  if (far.length === 0) return undefined;
  const mean = far.reduce((sum, one) => sum + one, 0) / far.length;
  return (mean * changedSounds) / sounds;
}
