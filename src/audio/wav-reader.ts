import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { type Audio, UserError, messageOf } from '../core/index.js';
import { WAV_FORMATS, type WavFormat, codecBytes, decodeFrames } from './pcm.js';
import { wavHeader, wavHeaderBytes } from './wav-header.js';
import { type ByteSource, type WavLayout, wavLayout } from './wav-layout.js';

/** What a WAV file holds. */
export interface WavInfo {
  readonly sampleRate: number;
  readonly channels: number;
  readonly frames: number;
}

/** A stretch of a file, in frames; all of it unless said otherwise. */
export interface WavSlice {
  readonly from?: number;
  readonly frames?: number;
}

/** The rate, channels and length of a WAV file, from its header and its size. */
export function wavInfo(path: string): WavInfo {
  return withFile(path, 'r', (source) => infoOf(wavLayout(source)));
}

/** A WAV or RF64 file or a slice of it, without reading the rest. A UserError if it is not one. */
export function readWav(path: string, slice: WavSlice = {}): Audio {
  return withFile(path, 'r', (source) => readSlice(source, slice));
}

/** A WAV or RF64 file in memory; `name` is what errors call it. */
export function parseWav(bytes: Uint8Array, name = 'the sound'): Audio {
  const read = (offset: number, length: number): Uint8Array =>
    bytes.subarray(offset, Math.max(offset, offset + length));
  return readSlice({ name, size: bytes.length, read }, {});
}

/** Whether a WAV's header counts exactly the samples that are there. A UserError if it is none. */
export function isWavComplete(path: string): boolean {
  return withFile(path, 'r', (source) => {
    const { declaredBytes, dataBytes } = wavLayout(source);
    return declaredBytes === dataBytes;
  });
}

/**
 * Makes the header of a WavWriter's file count every sample that is there, after a kill. True if
 * it had to; a file that another program wrote is left as it is.
 */
export function repairWav(path: string): boolean {
  return withFile(path, 'r+', (source, fd) => {
    const layout = wavLayout(source);
    const { codec, channels, sampleRate, dataBytes } = layout;
    const format = WAV_FORMATS.find((own) => own === codec) as WavFormat | undefined;
    if (format === undefined || layout.dataOffset !== wavHeaderBytes(format)) return false;
    if (layout.declaredBytes === dataBytes) return false;
    const header = wavHeader({ format, channels, sampleRate, dataBytes });
    writeSync(fd, header, 0, header.length, 0);
    return true;
  });
}

function infoOf({ sampleRate, channels, codec, dataBytes }: WavLayout): WavInfo {
  return { sampleRate, channels, frames: dataBytes / (channels * codecBytes(codec)) };
}

function readSlice(source: ByteSource, { from = 0, frames }: WavSlice): Audio {
  const layout = wavLayout(source);
  const info = infoOf(layout);
  const first = Math.min(Math.max(0, from), info.frames);
  const count = Math.min(frames ?? info.frames, info.frames - first);
  const frameBytes = layout.channels * codecBytes(layout.codec);
  const bytes = source.read(layout.dataOffset + first * frameBytes, count * frameBytes);
  const channels = decodeFrames(bytes, layout.codec, layout.channels);
  return { sampleRate: layout.sampleRate, channels };
}

function withFile<T>(path: string, mode: 'r' | 'r+', use: (s: ByteSource, fd: number) => T): T {
  const fd = openOrSay(path, mode);
  try {
    const size = fstatSync(fd).size;
    const read = (offset: number, length: number): Uint8Array => readAt(fd, offset, length);
    return use({ name: path, size, read }, fd);
  } finally {
    closeSync(fd);
  }
}

function openOrSay(path: string, mode: 'r' | 'r+'): number {
  try {
    return openSync(path, mode);
  } catch (cause) {
    const what = `the sound file cannot be opened: ${messageOf(cause)}`;
    throw new UserError({ what, where: path, hint: 'see that the path is right', cause });
  }
}

function readAt(fd: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, length));
  let done = 0;
  while (done < bytes.length) {
    const got = readSync(fd, bytes, done, bytes.length - done, offset + done);
    if (got === 0) break;
    done += got;
  }
  return bytes.subarray(0, done);
}
