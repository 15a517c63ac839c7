import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeWav } from '../../src/audio/index.js';
import { corpus } from '../../src/agents/kinds/corpus.js';
import { type Audio, type Origin, UserError } from '../../src/core/index.js';
import { type Said, rehearse, sine } from '../../src/testing/index.js';
import { temporaryFolder } from './temporary-folder.js';

const tick = { port: 'tick' };

/** A second of ramp in each file: the value of a sample says where it is from. */
function ramp(from: number): Uint8Array {
  const channel = Float32Array.from({ length: 8000 }, (_, i) => (from + i) / 32_768);
  return encodeWav({ sampleRate: 8000, channels: [channel] }, '32f');
}

function folderOfRamps(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'under'));
  writeFileSync(join(folder, 'b.wav'), ramp(0));
  writeFileSync(join(folder, 'under', 'a.wav'), ramp(10_000));
  writeFileSync(join(folder, 'notes.txt'), 'no sound');
  return folder;
}

function play(params: object, ticks: number, seed = 1): Promise<readonly Said[]> {
  const given = Array.from({ length: ticks }, () => tick);
  return rehearse(corpus, params, given, { sampleRate: 8000, seed });
}

function middleOf(said: Said): number {
  const channel = (said.signal as Audio).channels[0]!;
  return channel[Math.floor(channel.length / 2)]! * 32_768;
}

test('an excerpt is what its origin says it is', async () => {
  const said = await play({ folder: folderOfRamps(), seconds: 0.25 }, 12);
  expect(said).toHaveLength(12);
  for (const one of said) {
    const [{ file, sample }] = one.origins as [Origin];
    const length = (one.signal as Audio).channels[0]!.length;
    const start = file === 'b.wav' ? 0 : 10_000;
    expect(middleOf(one)).toBeCloseTo(start + sample + Math.floor(length / 2), 1);
  }
  const files = new Set(said.map(({ origins }) => origins[0]!.file));
  expect([...files].sort()).toEqual(['b.wav', 'under/a.wav']);
});

test('a sequence goes through every file from its beginning to its end', async () => {
  const params = { folder: folderOfRamps(), seconds: 0.4, vary: 0, order: 'sequence' };
  const origins = (await play(params, 7)).map(({ origins: [origin] }) => origin);
  expect(origins).toEqual([
    ...[0, 3200, 6400].map((sample) => ({ file: 'b.wav', sample })),
    ...[0, 3200, 6400].map((sample) => ({ file: 'under/a.wav', sample })),
    { file: 'b.wav', sample: 0 },
  ]);
});

test('a seed chooses the excerpts, another seed chooses others', async () => {
  const folder = folderOfRamps();
  const origins = async (seed: number): Promise<unknown> =>
    (await play({ folder }, 6, seed)).map((one) => one.origins);
  expect(await origins(4)).toEqual(await origins(4));
  expect(await origins(4)).not.toEqual(await origins(5));
});

test('an excerpt begins and ends without a step', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'tone.wav'), encodeWav(sine(50, { sampleRate: 8000 }), '32f'));
  for (const said of await play({ folder, seconds: 0.3 }, 5)) {
    const channel = (said.signal as Audio).channels[0]!;
    expect(Math.abs(channel[0]!)).toBeLessThan(0.01);
    expect(Math.abs(channel.at(-1)!)).toBeLessThan(0.01);
  }
});

test('a folder without recordings is refused with its name', async () => {
  const folder = temporaryFolder();
  const refusal = play({ folder }, 1);
  await expect(refusal).rejects.toThrow(UserError);
  await expect(refusal).rejects.toThrow(`${folder}: the folder holds no recordings`);
});

test('a file of zero bytes is named at the start, or left out if that was asked', async () => {
  const folder = folderOfRamps();
  writeFileSync(join(folder, 'empty.wav'), '');
  await expect(play({ folder }, 1)).rejects.toThrow(/empty\.wav: it has no bytes/);
  const files = (await play({ folder, skipUnreadable: true }, 20)).map((s) => s.origins[0]!.file);
  expect(files).not.toContain('empty.wav');
});

test('a file that only begins like a sound is refused, or left out if that was asked', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'cut.flac'), 'fLaC');
  await expect(play({ folder }, 1)).rejects.toThrow(UserError);
  writeFileSync(join(folder, 'b.wav'), ramp(0));
  const files = (await play({ folder, skipUnreadable: true }, 9)).map((s) => s.origins[0]!.file);
  expect(new Set(files)).toEqual(new Set(['b.wav']));
});
