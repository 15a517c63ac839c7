import { type WavFormat, bytesPerSample } from './pcm.js';

/** What a WAV header says. */
export interface WavHeader {
  readonly format: WavFormat;
  readonly channels: number;
  readonly sampleRate: number;
  readonly dataBytes: number;
  /** Size of the whole file from which it is an RF64: 4 GiB; smaller only to try it. */
  readonly rf64FromBytes?: number;
}

const FOUR_GIB = 2 ** 32;
const UNKNOWN = 0xffffffff;

/** Bytes from the start of the file to the first sample. */
export function wavHeaderBytes(format: WavFormat): number {
  return format === '32f' ? 94 : 80;
}

/**
 * The header of a WAV file. It keeps 28 bytes of JUNK which become the `ds64` of an RF64 (EBU Tech
 * 3306) once the file passes 4 GiB, so that it can be rewritten in place at any time.
 */
export function wavHeader(header: WavHeader): Uint8Array {
  const { format, dataBytes, rf64FromBytes = FOUR_GIB } = header;
  const riffBytes = wavHeaderBytes(format) - 8 + dataBytes + (dataBytes % 2);
  const large = riffBytes + 8 >= rf64FromBytes;
  const chunks = new Chunks(wavHeaderBytes(format));
  chunks
    .text(large ? 'RF64' : 'RIFF')
    .u32(large ? UNKNOWN : riffBytes)
    .text('WAVE');
  chunks.text(large ? 'ds64' : 'JUNK').u32(28);
  const frames = dataBytes / (header.channels * bytesPerSample(format));
  for (const size of [riffBytes, dataBytes, frames]) chunks.u64(large ? size : 0);
  chunks.u32(0);
  formatChunk(chunks, header);
  if (format === '32f') chunks.text('fact').u32(4).u32(Math.min(frames, UNKNOWN));
  chunks.text('data').u32(large ? UNKNOWN : dataBytes);
  return chunks.bytes;
}

function formatChunk(chunks: Chunks, { format, channels, sampleRate }: WavHeader): void {
  const frameBytes = channels * bytesPerSample(format);
  const float = format === '32f';
  chunks.text('fmt ').u32(float ? 18 : 16);
  chunks
    .u16(float ? 3 : 1)
    .u16(channels)
    .u32(sampleRate)
    .u32(sampleRate * frameBytes);
  chunks.u16(frameBytes).u16(bytesPerSample(format) * 8);
  if (float) chunks.u16(0);
}

class Chunks {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.#view = new DataView(this.bytes.buffer);
  }

  text(name: string): this {
    for (const letter of name) this.#view.setUint8(this.#at++, letter.charCodeAt(0));
    return this;
  }

  u16(value: number): this {
    this.#view.setUint16(this.#at, value, true);
    this.#at += 2;
    return this;
  }

  u32(value: number): this {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
    return this;
  }

  u64(value: number): this {
    this.#view.setBigUint64(this.#at, BigInt(value), true);
    this.#at += 8;
    return this;
  }
}
