import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { IntegratedLoudness, decodeAudio, peakDb, truePeakDb } from '../../src/audio/index.js';
import { recorder } from '../../src/agents/kinds/recorder.js';
import type { Audio } from '../../src/core/index.js';
import {
  type Given,
  click,
  hiss,
  kindContract,
  rehearse,
  silence,
  sine,
} from '../../src/testing/index.js';
import { temporaryFolder } from './temporary-folder.js';

const RATE = 8000;
const end = (at: number): Given => ({ port: 'tick', at });

function heard(at: number, signal: Audio): Given {
  return { port: 'audio', signal, at };
}

async function recorded(
  given: readonly Given[],
  params: object = {},
): Promise<{ audio: Audio; bytes: Buffer }> {
  const outputFolder = temporaryFolder();
  await rehearse(recorder, params, given, { outputFolder, self: 'out', sampleRate: RATE });
  const path = join(outputFolder, 'audio', 'out.wav');
  return { audio: await decodeAudio(path), bytes: readFileSync(path) };
}

test('a sound stands in the file at the moment it was heard', async () => {
  const tap = click({ seconds: 0.1, sampleRate: RATE });
  const { audio } = await recorded([heard(0, tap), heard(3000, tap), end(8000)], { format: '32f' });
  const loud = [...audio.channels[0]!.entries()].filter(([, x]) => Math.abs(x) > 0.1);
  expect(loud.map(([at]) => at)).toEqual([0, 3000]);
  expect(loud[0]![1]).toBeCloseTo(0.5, 5);
});

test('the file ends exactly at the end of the run, sloping down what still sounds', async () => {
  const { audio } = await recorded([
    heard(0, sine(100, { seconds: 3, sampleRate: RATE })),
    end(9001),
  ]);
  const channel = audio.channels[0]!;
  expect(channel.length).toBe(9001);
  expect(Math.abs(channel.at(-1)!)).toBeLessThan(1e-6);
  expect(peakDb({ sampleRate: RATE, channels: [channel.slice(8700, 8900)] })).toBeGreaterThan(-8);
});

test('however many sounds meet, no sample passes the ceiling', async () => {
  const loud = hiss(1, { peak: 1, sampleRate: RATE });
  const given = [heard(0, loud), heard(100, loud), heard(200, loud), heard(300, loud), end(8000)];
  const { audio } = await recorded(given);
  expect(peakDb(audio)).toBeLessThanOrEqual(-1 + 1e-4);
  expect(peakDb(audio)).toBeGreaterThan(-2);
});

test('nothing between the samples passes the ceiling either, after a step of 40 dB', async () => {
  // A quarter of the rate at 45°: the wave is 3 dB higher than any of its samples.
  const between = (gain: number): Audio => ({
    sampleRate: RATE,
    channels: [
      Float32Array.from({ length: 3000 }, (_, n) => gain * Math.sin((n * Math.PI) / 2 + 0.7854)),
    ],
  });
  const { audio } = await recorded([heard(0, between(1)), heard(3000, between(100)), end(8000)]);
  expect(truePeakDb(audio)).toBeLessThanOrEqual(-1 + 0.1);
  expect(peakDb(audio)).toBeLessThan(-3.5);
});

test('what is written does not depend on how often time is told', async () => {
  const sounds = [
    heard(0, sine(300, { sampleRate: RATE })),
    heard(777, hiss(2, { peak: 1.5, sampleRate: RATE })),
  ];
  const often = Array.from({ length: 40 }, (_, i) => end(800 + i * 180));
  const { bytes } = await recorded([...sounds, end(9000)]);
  expect((await recorded([...sounds, ...often, end(9000)])).bytes.equals(bytes)).toBe(true);
});

test('numbers that are none never reach the file', async () => {
  const spoilt = sine(200, { sampleRate: RATE });
  spoilt.channels[0]!.fill(Number.NaN, 2000, 3000);
  const { audio } = await recorded([heard(0, spoilt), end(8000)], { format: '32f' });
  expect(audio.channels[0]!.every(Number.isFinite)).toBe(true);
  expect(peakDb(audio)).toBeGreaterThan(-8);
});

test('a target of loudness is reached slowly, and stays under the ceiling', async () => {
  const soft = sine(500, { seconds: 30, peak: 0.05, sampleRate: RATE });
  const { audio } = await recorded([heard(0, soft), end(240_000)], { loudness: -23 });
  const late = new IntegratedLoudness({ sampleRate: RATE, channels: 1 });
  late.add([audio.channels[0]!.slice(160_000, 230_000)]);
  expect(Math.abs(late.lufs + 23)).toBeLessThan(0.2);
  expect(peakDb({ ...audio, channels: [audio.channels[0]!.slice(0, 800)] })).toBeLessThan(-25.9);
});

for (const { name, run } of kindContract(recorder, { params: { loudness: -23 } })) {
  test(`${name}, with a target of loudness`, run);
}

test('what has sounded is on disk before the run ends', async () => {
  const outputFolder = temporaryFolder();
  const given = [heard(0, sine(200, { seconds: 5, sampleRate: RATE })), end(38_765)];
  const path = join(outputFolder, 'audio', 'out.wav');
  let seen = 0;
  const watched = {
    ...recorder,
    stop: async (...[state, context]: Parameters<NonNullable<typeof recorder.stop>>) => {
      seen = (await decodeAudio(path)).channels[0]!.length;
      await recorder.stop?.(state, context);
    },
  };
  await rehearse(watched, {}, given, { outputFolder, self: 'out', sampleRate: RATE });
  const held = 0.015 * RATE;
  expect(seen).toBe(38_765 - held);
});

test('a second start goes on in a second file', async () => {
  const options = { outputFolder: temporaryFolder(), self: 'out', sampleRate: RATE };
  const given = [heard(0, silence({ sampleRate: RATE })), end(800)];
  await rehearse(recorder, {}, given, options);
  await rehearse(recorder, {}, given, options);
  const files = readdirSync(join(options.outputFolder, 'audio')).sort();
  expect(files).toEqual(['out.2.wav', 'out.wav']);
});
