import { open, readFile, stat } from 'node:fs/promises';
import { type Audio, UserError, messageOf } from '../core/index.js';
import { parseWav, readWav } from './wav-reader.js';

/** What can be decoded, for messages and file dialogues. */
export const AUDIO_FORMATS: readonly string[] = ['wav', 'flac', 'mp3', 'ogg', 'aiff'];

/** A header that says 1 Hz would have seconds of sound resampled into days of it. */
const RATE_MIN = 1000;
const RATE_MAX = 768_000;

/**
 * Decodes a file (by path) or its bytes: wav, flac, mp3, ogg, aiff at their own rate and channels.
 * A UserError that names the file for one that is missing, empty, cut off or something else.
 */
export async function decodeAudio(source: string | Uint8Array): Promise<Audio> {
  const name = typeof source === 'string' ? source : 'the sound';
  const audio = await decodeNamed(source, name);
  if (audio.channels.length === 0 || audio.channels[0]!.length === 0) {
    throw undecodable(name, 'it holds no samples');
  }
  const { sampleRate } = audio;
  if (sampleRate < RATE_MIN || sampleRate > RATE_MAX) {
    throw undecodable(name, `it says ${sampleRate} Hz, which no recorder writes`);
  }
  return audio;
}

async function decodeNamed(source: string | Uint8Array, name: string): Promise<Audio> {
  if (typeof source !== 'string') return decodeBytes(source, name);
  if ((await sizeOf(source)) === 0) throw undecodable(name, 'it has no bytes');
  return isWav(await headOf(source)) ? readWav(source) : decodeBytes(await readFile(source), name);
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((cause: unknown) => {
    throw undecodable(path, `it cannot be opened: ${messageOf(cause)}`, cause);
  });
  if (!found.isFile()) throw undecodable(path, 'it is not a file');
  return found.size;
}

async function decodeBytes(bytes: Uint8Array, name: string): Promise<Audio> {
  if (bytes.length === 0) throw undecodable(name, 'it has no bytes');
  if (isWav(bytes)) return parseWav(bytes, name);
  const { default: decode } = await import('audio-decode');
  try {
    const { channelData, sampleRate } = await decode(bytes);
    return { channels: channelData, sampleRate };
  } catch (cause) {
    throw undecodable(name, `it cannot be decoded: ${messageOf(cause)}`, cause);
  }
}

function isWav(bytes: Uint8Array): boolean {
  return /^(RIFF|RF64)$/.test(String.fromCharCode(...bytes.subarray(0, 4)));
}

function undecodable(where: string, what: string, cause?: unknown): UserError {
  const hint = 'give a sound file that a player opens';
  return new UserError({ what, where, allowed: AUDIO_FORMATS.join(', '), hint, cause });
}
