import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { vocoder } from '../../src/agents/kinds/vocoder.js';
import { toHifiMel } from '../../src/agents/vocoding/mel-heard.js';
import { hifiMel80, logMel80, rmsDb } from '../../src/audio/index.js';
import type { Audio, Mel } from '../../src/core/index.js';
import { readSafetensors } from '../../src/models/index.js';
import { type Said, chirp, hiss, kindContract, rehearse } from '../../src/testing/index.js';
import { castAs, openRunMaker } from './cast-runs.js';

const { imported, untrained } = openRunMaker();
const melGan = castAs('mel', await imported('melgan-gru'));
const narrow = { upsample_initial_channel: 16, resblock_kernel_sizes: [3, 5, 7] };
const hifi = castAs('mel', await untrained('hifi-gan', narrow, { audible: true }));
const fixture = join(import.meta.dirname, '../fixtures/checkpoints/melgan-gru/io.safetensors');
const golden = readSafetensors(await readFile(fixture), fixture);

const cast = { params: { model: 'mel' }, runs: { model: melGan } };
for (const { name, run } of kindContract(vocoder, { params: { iterations: 2 } })) test(name, run);
for (const { name, run } of kindContract(vocoder, cast)) test(`${name}, with mel-GAN`, run);

const soundOf = (said: readonly Said[]): Audio => said[0]!.signal as Audio;
const mel = (data: Float32Array, columns: number, rows = 80): Mel => ({
  rows,
  columns,
  data,
  hopLength: 256,
  sampleRate: 44_100,
});

describe('a vocoder with a mel-GAN run', () => {
  test('computes what the original computes', async () => {
    const said = await rehearse(
      vocoder,
      cast.params,
      [{ port: 'mel', signal: mel(golden.mel!.data, 21) }],
      cast,
    );
    const samples = soundOf(said).channels[0]!;
    expect(samples).toHaveLength(golden.audio!.data.length);
    const worst = samples.reduce(
      (max, x, i) => Math.max(max, Math.abs(x - golden.audio!.data[i]!)),
      0,
    );
    expect(worst).toBeLessThan(1e-4);
  });

  test.each([1, 2, 3, 4, 5])('says %i frames with 256 samples each', async (frames) => {
    const given = [{ port: 'mel', signal: mel(new Float32Array(80 * frames).fill(-2), frames) }];
    const said = await rehearse(vocoder, cast.params, given, cast);
    expect(soundOf(said).channels[0]).toHaveLength(frames * 256);
  });

  test('hears a mel of another width', async () => {
    const given = [{ port: 'mel', signal: mel(new Float32Array(40 * 9).fill(-2), 9, 40) }];
    const said = await rehearse(vocoder, cast.params, given, cast);
    expect(soundOf(said).channels[0]).toHaveLength(9 * 256);
  });

  test('mends numbers that are none, and says how many', async () => {
    const data = golden.mel!.data.map((x, i) => (i % 40 === 0 ? Number.NaN : x));
    const given = [{ port: 'mel', signal: mel(data, 21) }];
    const said = await rehearse(vocoder, cast.params, given, cast);
    expect(soundOf(said).channels[0]!.every(Number.isFinite)).toBe(true);
    expect(said[1]).toMatchObject({ port: 'notes', signal: { name: 'scrubbed', value: 42 } });
  });
});

describe('a vocoder with a HiFi-GAN run', () => {
  const heard = logMel80(chirp(200, 4000, { seconds: 0.4 }));
  const play = (mode: string): Promise<readonly Said[]> => {
    const given = [{ port: 'mel', signal: heard }];
    return rehearse(vocoder, { model: 'mel', mode }, given, { runs: { model: hifi } });
  };

  test('hands over the mel as it is only in faithful mode', async () => {
    const [corrected, faithful] = [await play('corrected'), await play('faithful')];
    expect(soundOf(corrected).channels[0]).toHaveLength(heard.columns * 256);
    expect(soundOf(corrected).channels[0]).not.toEqual(soundOf(faithful).channels[0]);
  });

  test('the corrected mel is near the one it was trained on', () => {
    const sound = hiss(1, { seconds: 0.3 });
    const [mine, own] = [toHifiMel(logMel80(sound)), hifiMel80(sound)];
    const raw = logMel80(sound);
    const apart = (one: Mel): number =>
      one.data.reduce((sum, x, i) => sum + Math.abs(x - own.data[i]!), 0) / one.data.length;
    expect(apart(mine)).toBeLessThan(0.4);
    expect(apart(raw)).toBeGreaterThan(1);
  });
});

describe('a vocoder without a model', () => {
  test('sounds about as loud and as long as what the mel was taken from', async () => {
    const sound = chirp(200, 2000, { seconds: 0.5 });
    const heard = logMel80(sound);
    const said = await rehearse(vocoder, { iterations: 8 }, [{ port: 'mel', signal: heard }]);
    expect(soundOf(said).channels[0]).toHaveLength(heard.columns * 256);
    expect(Math.abs(rmsDb(soundOf(said)) - rmsDb(sound))).toBeLessThan(3);
  });
});

test('a mel that no sound can have is brought down to full scale, and said so', async () => {
  const wild = mel(new Float32Array(80 * 20).fill(3), 20);
  const said = await rehearse(vocoder, { iterations: 2 }, [{ port: 'mel', signal: wild }]);
  expect(Math.max(...soundOf(said).channels[0]!.map(Math.abs))).toBeCloseTo(1, 5);
  expect(said[1]).toMatchObject({ port: 'notes', signal: { name: 'gain' } });
});

test('a mel too long for one piece is said in pieces of the same whole', async () => {
  const columns = 4200;
  const data = Float32Array.from({ length: 80 * columns }, (_, i) => -2 + Math.sin(i / 50));
  const tiny = castAs('mel', await untrained('mel-gan', { ngf: 2, n_residual_layers: 1 }));
  const runs = { model: tiny };
  const given = [{ port: 'mel', signal: mel(data, columns) }];
  const said = await rehearse(vocoder, { model: 'mel' }, given, { runs });
  const late = [4090, 4110].map((t) => t * 256);
  const from = 4000;
  const part = Float32Array.from({ length: 80 * 200 }, (_, i) => {
    return data[Math.floor(i / 200) * columns + from + (i % 200)]!;
  });
  const alone = await rehearse(
    vocoder,
    { model: 'mel' },
    [{ port: 'mel', signal: mel(part, 200) }],
    { runs },
  );
  const whole = soundOf(said).channels[0]!;
  expect(whole).toHaveLength(columns * 256);
  const near = whole.slice(late[0], late[1]);
  const same = soundOf(alone).channels[0]!.slice(late[0]! - from * 256, late[1]! - from * 256);
  expect(near.every((x, i) => Math.abs(x - same[i]!) < 1e-4)).toBe(true);
});
