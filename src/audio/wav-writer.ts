import { closeSync, openSync, writeSync } from 'node:fs';
import { type Audio, UserError, messageOf } from '../core/index.js';
import { type WavFormat, bytesPerSample, encodeFrames } from './pcm.js';
import { wavHeader, wavHeaderBytes } from './wav-header.js';

/** What a WAV is written as. */
export interface WavOptions {
  readonly sampleRate: number;
  /** How many channels; 1 by default. */
  readonly channels?: number;
  /** `16` by default. */
  readonly format?: WavFormat;
  /** File size from which it is an RF64: 4 GiB, smaller only to try it. */
  readonly rf64FromBytes?: number;
  /** The header is renewed when this many bytes were written since; 64 KiB by default. */
  readonly refreshBytes?: number;
}

const BLOCK_FRAMES = 16_384;

/**
 * A WAV file that grows. Samples are on disk before the header that counts them, so the file is
 * valid after a kill at any moment, short of at most `refreshBytes`, which the reader recovers.
 * Integers clip and are x · 32767 (24-bit: 8388607) rounded. Throws a UserError when the disk does.
 */
export class WavWriter {
  readonly path: string;
  readonly channels: number;
  readonly sampleRate: number;
  readonly format: WavFormat;
  readonly #options: WavOptions;
  readonly #fd: number;
  #dataBytes = 0;
  #counted = 0;
  #open = true;

  constructor(path: string, options: WavOptions) {
    this.path = path;
    this.channels = options.channels ?? 1;
    this.sampleRate = options.sampleRate;
    this.format = options.format ?? '16';
    this.#options = options;
    this.#fd = this.#asking(() => openSync(path, 'w'));
    this.#refresh();
  }

  /** Samples per channel so far. */
  get frames(): number {
    return this.#dataBytes / (this.channels * bytesPerSample(this.format));
  }

  /** Seconds so far. */
  get seconds(): number {
    return this.frames / this.sampleRate;
  }

  /** Appends one array per channel, all of one length; a RangeError for another number of them. */
  write(channels: readonly Float32Array[]): void {
    if (channels.length !== this.channels) {
      throw new RangeError(`${channels.length} channels for a file of ${this.channels}`);
    }
    const length = channels[0]!.length;
    for (let from = 0; from < length; from += BLOCK_FRAMES) {
      const to = Math.min(from + BLOCK_FRAMES, length);
      const bytes = encodeFrames(channels, this.format, { from, to });
      this.#put(bytes, wavHeaderBytes(this.format) + this.#dataBytes);
      this.#dataBytes += bytes.length;
      const uncounted = this.#dataBytes - this.#counted;
      if (uncounted >= (this.#options.refreshBytes ?? 65_536)) this.#refresh();
    }
  }

  /** Makes the header count every sample written so far. */
  flush(): void {
    if (this.#counted !== this.#dataBytes) this.#refresh();
  }

  /** Completes the file; calling it again does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    const end = wavHeaderBytes(this.format) + this.#dataBytes;
    if (this.#dataBytes % 2 === 1) this.#put(new Uint8Array(1), end);
    this.#refresh();
    this.#asking(() => closeSync(this.#fd));
  }

  #refresh(): void {
    const { format, channels, sampleRate } = this;
    const { rf64FromBytes } = this.#options;
    const brim = rf64FromBytes === undefined ? {} : { rf64FromBytes };
    this.#put(wavHeader({ format, channels, sampleRate, dataBytes: this.#dataBytes, ...brim }), 0);
    this.#counted = this.#dataBytes;
  }

  #put(bytes: Uint8Array, position: number): void {
    this.#asking(() => {
      let done = 0;
      while (done < bytes.length) {
        done += writeSync(this.#fd, bytes, done, bytes.length - done, position + done);
      }
    });
  }

  #asking<T>(io: () => T): T {
    try {
      return io();
    } catch (cause) {
      throw new UserError({
        what: `the sound file cannot be written: ${messageOf(cause)}`,
        where: this.path,
        hint: 'see that the folder exists, may be written to and has room',
        retryable: true,
        cause,
      });
    }
  }
}

/** A whole WAV file in memory, with the same header and rounding as the WavWriter's. */
export function encodeWav(audio: Audio, format: WavFormat = '16'): Uint8Array {
  const to = audio.channels[0]?.length ?? 0;
  const data = encodeFrames(audio.channels, format, { from: 0, to });
  const head = wavHeader({
    format,
    channels: audio.channels.length,
    sampleRate: audio.sampleRate,
    dataBytes: data.length,
  });
  const bytes = new Uint8Array(head.length + data.length + (data.length % 2));
  bytes.set(head);
  bytes.set(data, head.length);
  return bytes;
}
