import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Audio } from '../../src/core/index.js';
import { readWav } from '../../src/audio/index.js';

const folder = new URL('../fixtures/descriptors/', import.meta.url);

export interface DescribedSound {
  readonly audio: Audio;
  readonly path: string;
  readonly expected: Readonly<Record<string, Float32Array>>;
}

/** A fixture recording and the descriptors that librosa 0.8 found in it. */
export function describedSound(name: string): DescribedSound {
  const path = fileURLToPath(new URL(`${name}.wav`, folder));
  const file = readFileSync(new URL(`${name}.safetensors`, folder));
  const headBytes = Number(file.readBigUInt64LE(0));
  const head = JSON.parse(file.toString('utf8', 8, 8 + headBytes)) as Record<
    string,
    { data_offsets: [number, number] }
  >;
  const data = Uint8Array.from(file.subarray(8 + headBytes));
  const expected = Object.fromEntries(
    Object.entries(head).map(
      ([
        key,
        {
          data_offsets: [from, to],
        },
      ]) => [key, new Float32Array(data.buffer.slice(from, to))],
    ),
  );
  return { audio: readWav(path), path, expected };
}

/** The largest difference, relative to the largest expected value. */
export function differenceOf(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let [difference, largest] = [0, 0];
  for (let i = 0; i < actual.length; i++) {
    const d = Math.abs(actual[i]! - expected[i]!);
    if (!(d <= difference)) difference = d;
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return difference / largest;
}

function hashed(t: number, i: number): number {
  let h = (Math.imul(i, 2654435761) + Math.imul(t, 374761393) + 12345) >>> 0;
  h = Math.imul(h ^ (h >>> 15), 2246822519) >>> 0;
  return ((h ^ (h >>> 13)) >>> 0) / 2 ** 31 - 1;
}

/** The golden sound of the anatomy (§15): two tones and a little noise, half a second. */
export function goldenSound(): Audio {
  const samples = Float32Array.from({ length: 22_050 }, (_, n) => {
    const tones =
      0.5 * Math.sin((2 * Math.PI * 440 * n) / 44_100) +
      0.25 * Math.sin((2 * Math.PI * 1234.5 * n) / 44_100);
    return tones + 0.05 * hashed(7, n);
  });
  return { sampleRate: 44_100, channels: [samples] };
}

/** A sine of amplitude 0.5. */
export function tone(hz: number, seconds: number, sampleRate = 44_100): Audio {
  const samples = Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, n) => {
    return 0.5 * Math.sin((2 * Math.PI * hz * n) / sampleRate);
  });
  return { sampleRate, channels: [samples] };
}
