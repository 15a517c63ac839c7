import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/index.js';
import {
  decodeAudio,
  encodeWav,
  loadAudio,
  loadForAnalysis,
  peakDb,
  resample,
} from '../../src/audio/index.js';
import { tone } from './fixture.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demiurge-decode-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const text = (letters: string): Uint8Array => new TextEncoder().encode(letters);

/** The least big-endian file that says what an AIFF says. */
function aiff(samples: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(54 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  bytes.set(text('FORM'));
  view.setUint32(4, bytes.length - 8);
  bytes.set(text('AIFFCOMM'), 8);
  view.setUint32(16, 18);
  view.setUint16(20, 1);
  view.setUint32(22, samples.length);
  view.setUint16(26, 16);
  bytes.set([0x40, 0x0e, 0xac, 0x44], 28);
  bytes.set(text('SSND'), 38);
  view.setUint32(42, 8 + samples.length * 2);
  samples.forEach((x, i) => view.setInt16(54 + 2 * i, x));
  return bytes;
}

describe('decoding', () => {
  it.each([1, 999, 1_000_000])('refuses a header that says %i Hz', async (sampleRate) => {
    const bytes = encodeWav({ sampleRate, channels: [new Float32Array(100)] });
    await expect(decodeAudio(bytes)).rejects.toThrow(`it says ${sampleRate} Hz`);
  });

  it('reads a WAV from memory and from a file alike', async () => {
    const bytes = encodeWav(tone(440, 0.1));
    const path = join(folder, 'tone.wav');
    writeFileSync(path, bytes);
    expect(await decodeAudio(path)).toEqual(await decodeAudio(bytes));
  });

  it.each([
    ['cut.mp3', 22_050, 41_000],
    ['cut.flac', 44_100, 36_000],
  ])('reads %s through the library, as far as it goes', async (name, rate, least) => {
    const path = fileURLToPath(new URL(`../fixtures/descriptors/${name}`, import.meta.url));
    const audio = await decodeAudio(path);
    expect([audio.sampleRate, audio.channels.length]).toEqual([rate, 1]);
    expect(audio.channels[0]!.length).toBeGreaterThan(least);
    expect(peakDb(audio)).toBeGreaterThan(-30);
  });

  it('reads an AIFF through the library', async () => {
    const samples = Array.from({ length: 500 }, (_, i) => i * 20);
    const { sampleRate, channels } = await decodeAudio(aiff(samples));
    expect(sampleRate).toBe(44_100);
    expect(Array.from(channels[0]!)).toEqual(samples.map((x) => expect.closeTo(x / 32_768, 4)));
  });

  it.each([
    ['nothing', new Uint8Array(0), /it has no bytes/],
    ['zeros', new Uint8Array(500), /cannot be decoded/],
    ['noise', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251), /cannot be decoded/],
    ['a WAV of no samples', encodeWav({ sampleRate: 8000, channels: [] }), /./],
    ['a WAV of zero frames', encodeWav(tone(440, 0)), /holds no samples/],
    ['a broken FLAC', text('fLaC and then nothing that is one'), /holds no samples|cannot be/],
    ['a broken Ogg', text('OggS and then nothing that is one'), /holds no samples|cannot be/],
    ['a broken MP3', text('ID3 and then nothing that is one'), /holds no samples|cannot be/],
  ])('%s is one clear error', async (_, bytes, message) => {
    const path = join(folder, 'bad.mp3');
    writeFileSync(path, bytes);
    const failure = await decodeAudio(path).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as UserError).message).toMatch(message);
    expect((failure as UserError).message).toContain(path);
    expect((failure as UserError).message.split('\n').length).toBeLessThanOrEqual(2);
  });

  it('says which file is missing, or is a folder', async () => {
    await expect(decodeAudio(join(folder, 'gone.flac'))).rejects.toThrow(
      /gone.flac: it cannot be op/,
    );
    await expect(decodeAudio(folder)).rejects.toThrow(/it is not a file/);
  });
});

function snrDb(actual: Float32Array, expected: (n: number) => number): number {
  let [signal, noise] = [0, 0];
  for (let n = 2000; n < actual.length - 2000; n++) {
    signal += expected(n) ** 2;
    noise += (actual[n]! - expected(n)) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}

describe('resampling', () => {
  it.each([
    ['libsamplerate', 48_000, 44_100, 110],
    ['libsamplerate', 22_050, 44_100, 110],
    ['kaiser', 22_050, 44_100, 110],
    ['kaiser', 48_000, 44_100, 60],
  ] as const)(
    'by %s from %i to %i keeps a tone, its place and its length',
    async (by, from, to, db) => {
      const { sampleRate, channels } = await resample(tone(1000, 0.5, from), to, by);
      expect([sampleRate, channels[0]!.length]).toEqual([to, Math.ceil((from * 0.5 * to) / from)]);
      const ideal = (n: number): number => 0.5 * Math.sin((2 * Math.PI * 1000 * n) / to);
      expect(snrDb(channels[0]!, ideal)).toBeGreaterThan(db);
    },
  );

  it('by libsamplerate is the same again, short or long', async () => {
    const [short, long] = [tone(1000, 0.1), tone(1000, 12)];
    const shortOnce = await resample(short, 22_050);
    const longOnce = await resample(long, 22_050);
    expect(await resample(short, 22_050)).toEqual(shortOnce);
    expect(await resample(long, 22_050)).toEqual(longOnce);
    const ideal = (n: number): number => 0.5 * Math.sin((2 * Math.PI * 1000 * n) / 22_050);
    expect(snrDb(longOnce.channels[0]!, ideal)).toBeGreaterThan(110);
  });

  it('leaves a sound at its own rate alone', async () => {
    const audio = tone(440, 0.01);
    expect(await resample(audio, 44_100)).toBe(audio);
  });

  it('loads for analysis at 44,100 Hz in mono', async () => {
    const path = join(folder, 'stereo.wav');
    const channel = tone(440, 0.5, 22_050).channels[0]!;
    writeFileSync(path, encodeWav({ sampleRate: 22_050, channels: [channel, channel] }));
    const audio = await loadForAnalysis(path);
    expect([audio.sampleRate, audio.channels.length, audio.channels[0]!.length]).toEqual([
      44_100, 1, 22_050,
    ]);
    expect((await loadAudio(path)).channels).toHaveLength(2);
  });
});
