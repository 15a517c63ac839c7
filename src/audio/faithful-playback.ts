import { type Clock, type Recording, clockOf, inIntegers, sliceMs } from './pydub-slice.js';

/** One match as the original plays it: a whole recording and the sample its descriptor is at. */
export interface PlaybackMatch {
  readonly source: Recording;
  readonly sample: number;
}

/** How matches are cut and joined; the original's 1024 samples, 44,100 Hz and 22 ms by default. */
export interface PlaybackOptions {
  readonly hopLength?: number;
  readonly sampleRate?: number;
  readonly crossfadeMs?: number;
}

/** What was played, and where the original would have stopped with an error. */
export interface Playback {
  readonly samples: Int16Array;
  /** Absent when every match was played. `samples` holds all that came before. */
  readonly aborted?: { readonly match: number; readonly reason: string };
}

const SILENCE_GAIN = 10 ** (-120 / 20);

/**
 * Joins matches sample for sample as the original's sampler did (anatomy §10.3): starts in whole
 * milliseconds, 12 ms gained per match, 16-bit sums rounded down, a match at the start of a
 * recording appending all of it, and an abort at a match too near a recording's end.
 */
export function faithfulPlayback(
  matches: readonly PlaybackMatch[],
  options: PlaybackOptions = {},
): Playback {
  const { hopLength = 1024, sampleRate = 44_100, crossfadeMs = 22 } = options;
  const clock = clockOf(sampleRate);
  const hopMs = (hopLength / sampleRate) * 1000;
  const tape = new Tape(clock);
  for (const [index, { source, sample }] of matches.entries()) {
    const start = Math.floor((sample / hopLength) * hopMs);
    const piece = (from: number): Int16Array => sliceMs(source, clock, { from, to: start + hopMs });
    if (index === 0) tape.push(piece(start));
    else if (start < crossfadeMs) tape.push(inIntegers(source));
    else {
      const reason = tape.join(piece(start - crossfadeMs / 2), crossfadeMs);
      if (reason !== undefined) return { samples: tape.samples, aborted: { match: index, reason } };
    }
  }
  return { samples: tape.samples };
}

/** What has been joined so far; grows by doubling. */
class Tape {
  readonly #clock: Clock;
  #buffer = new Int16Array(4096);
  #length = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get samples(): Int16Array {
    return this.#buffer.slice(0, this.#length);
  }

  push(samples: Int16Array): void {
    const length = this.#length + samples.length;
    if (length > this.#buffer.length) {
      const larger = new Int16Array(Math.max(length, 2 * this.#buffer.length));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(samples, this.#length);
    this.#length = length;
  }

  /** Appends with a crossfade; says why it cannot where either side is shorter than it. */
  join(piece: Int16Array, crossfadeMs: number): string | undefined {
    const clock = this.#clock;
    const lengthMs = clock.lengthMs(this.#length);
    const pieceMs = clock.lengthMs(piece.length);
    if (lengthMs < crossfadeMs) return `${lengthMs} ms so far, less than the crossfade`;
    if (pieceMs < crossfadeMs) return `a piece of ${pieceMs} ms, less than the crossfade`;
    const kept = clock.framesAt(lengthMs - crossfadeMs);
    const mixed = this.#mix(piece, kept, crossfadeMs);
    this.#length = kept;
    this.push(mixed);
    this.push(sliceMs(piece, clock, { from: crossfadeMs, to: pieceMs }));
    return undefined;
  }

  #mix(piece: Int16Array, kept: number, crossfadeMs: number): Int16Array {
    const fade = this.#clock.exactFramesAt(crossfadeMs);
    const down = (SILENCE_GAIN - 1) / fade;
    const up = (1 - SILENCE_GAIN) / fade;
    return Int16Array.from({ length: this.#clock.framesAt(crossfadeMs) }, (_, i) => {
      const old = kept + i < this.#length ? this.#buffer[kept + i]! : 0;
      const sum =
        Math.floor(old * (1 + down * i)) + Math.floor(piece[i]! * (SILENCE_GAIN + up * i));
      return Math.max(-32_768, Math.min(32_767, sum));
    });
  }
}
