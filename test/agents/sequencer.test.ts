import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sequencer } from '../../src/agents/kinds/sequencer.js';
import { MFCC39_NAMES, featureOrder, mfcc39 } from '../../src/audio/index.js';
import type { Descriptors } from '../../src/core/index.js';
import { type RunRecord, readSafetensors } from '../../src/models/index.js';
import {
  type Given,
  type Said,
  chirp,
  hiss,
  kindContract,
  rehearse,
} from '../../src/testing/index.js';
import { castAs, openRunMaker } from './cast-runs.js';

const { imported, untrained } = openRunMaker();
const own = mfcc39(hiss(1));
const stats = {
  mean: featureOrder(MFCC39_NAMES).map((name) => own.data[own.names.indexOf(name)]!),
  std: featureOrder(MFCC39_NAMES).map((_, i) => 1 + (i % 5)),
};
const config = {
  hidden_size: 8,
  num_layers: 1,
  window_size: 30,
  forecast_size: 10,
  dim_pos_encoding: 6,
};
const lstm = await untrained('lstm', config, { stats });
const bare = await untrained('lstm-encoder-decoder', config);

for (const { name, run } of kindContract(sequencer, {
  params: { model: 'seq', least: 1 },
  runs: { model: castAs('seq', lstm) },
})) {
  test(name, run);
}

const play = (
  run: RunRecord,
  params: object,
  given: readonly Given[],
  seed = 1,
): Promise<readonly Said[]> =>
  rehearse(sequencer, { model: 'seq', every: 0, ...params }, given, {
    runs: { model: castAs('seq', run) },
    seed,
  });

const prime = (signal: Descriptors, id?: string): Given => ({
  port: 'prime',
  signal,
  ...(id === undefined ? {} : { id }),
});
const compositions = (said: readonly Said[]): Descriptors[] =>
  said.filter(({ port }) => port === 'composition').map(({ signal }) => signal as Descriptors);
const rowsOf = (all: Descriptors, from: number, to: number): Descriptors => ({
  ...all,
  rows: to - from,
  data: all.data.slice(from * all.columns, to * all.columns),
});
const apart = (a: Float32Array, b: Float32Array): number =>
  a.reduce((max, x, i) => Math.max(max, Math.abs(x - b[i]!)), a.length === b.length ? 0 : 9e9);

describe('a sequencer in faithful mode', () => {
  test.each([
    'seq-lstm',
    'seq-lstm-encoder-decoder',
    'seq-transformer',
    'seq-transformer-encoder-only',
  ])('predicts with %s what the original predicts', async (name) => {
    const run = await imported(name);
    const file = join(import.meta.dirname, '../fixtures/checkpoints', name, 'io.safetensors');
    const { window, prediction } = readSafetensors(await readFile(file), file);
    const [, rows = 0, columns = 0] = window!.shape;
    const steps = prediction!.shape[1]!;
    const names = featureOrder(MFCC39_NAMES);
    const data = window!.data.slice(0, rows * columns);
    const heard = { rows, columns, data, names, hopLength: 1024, sampleRate: 44_100 };
    const params = { mode: 'faithful', outliers: 'keep', window: rows, steps };
    const [said] = compositions(await play(run, params, [prime(heard)]));
    const expected = prediction!.data.slice(0, steps * columns);
    expect(said).toMatchObject({ rows: steps, columns, names, hopLength: 1024 });
    expect(apart(said!.data, expected)).toBeLessThan(1e-4 * Math.max(1, ...expected.map(Math.abs)));
  });

  test('says nothing before its window is full', async () => {
    const all = mfcc39(hiss(2));
    const given = [prime(rowsOf(all, 0, 19)), prime(rowsOf(all, 19, 30))];
    const said = await play(lstm, { mode: 'faithful', outliers: 'keep' }, given);
    expect(said.map(({ step }) => step)).toEqual([1]);
  });
});

describe('a sequencer in corrected mode', () => {
  test('answers short hearing by going round it', async () => {
    const all = mfcc39(hiss(2));
    const short = rowsOf(all, 0, 5);
    const data = Float32Array.of(...short.data, ...short.data, ...short.data, ...short.data);
    const [little] = compositions(await play(lstm, { least: 5 }, [prime(short)]));
    const [whole] = compositions(await play(lstm, {}, [prime({ ...short, rows: 20, data })]));
    expect(little?.rows).toBe(40);
    expect(little).toEqual(whole);
  });

  test('normalises by the run in its order of features, whatever the order it hears', async () => {
    const heard = mfcc39(hiss(3));
    const names = featureOrder(heard.names);
    const data = heard.data.map((_, i) => {
      const row = Math.floor(i / 39);
      return heard.data[row * 39 + heard.names.indexOf(names[i % 39]!)]!;
    });
    const [natural] = compositions(await play(lstm, {}, [prime(heard)]));
    const [sorted] = compositions(await play(lstm, {}, [prime({ ...heard, names, data })]));
    expect(natural?.names).toEqual(heard.names);
    expect(sorted?.names).toEqual(names);
    for (const name of ['mfcc0', 'mfcc2', 'mfcc10', 'mfcc38']) {
      const [a, b] = [natural!, sorted!].map((one) => one.data[one.names.indexOf(name)]);
      expect(a).toBe(b);
    }
    // An untrained network says little: what it predicts lies near the mean it de-normalises with.
    expect(Math.abs(natural!.data[0]! - stats.mean[0]!)).toBeLessThan(10);
  });

  test('takes the scale of what it hears when its run brings none', async () => {
    const heard = mfcc39(chirp(200, 3000));
    const [said] = compositions(await play(bare, {}, [prime(heard)]));
    const mean = heard.data.reduce((sum, x, i) => sum + (i % 39 === 0 ? x : 0), 0) / heard.rows;
    expect(Math.abs(said!.data[0]! - mean)).toBeLessThan(Math.abs(mean));
    expect(said!.data.every(Number.isFinite)).toBe(true);
  });

  test('leaves out frames that are no numbers, and says how many', async () => {
    const heard = mfcc39(hiss(2));
    const data = heard.data.map((x, i) => (i === 100 || i === 700 ? Number.NaN : x));
    const said = await play(lstm, {}, [prime({ ...heard, data })]);
    expect(said.find(({ port }) => port === 'notes')?.signal).toEqual({
      name: 'scrubbed',
      value: 2,
    });
    expect(compositions(said)[0]!.data.every(Number.isFinite)).toBe(true);
  });

  test('hears other time grids on the grid of its run', async () => {
    const sound = chirp(200, 3000);
    const fine = mfcc39(sound, { hopLength: 512 });
    const [said] = compositions(await play(lstm, {}, [prime(fine)]));
    expect(said?.hopLength).toBe(1024);
  });

  test('refuses descriptors its run was not trained on', async () => {
    const simple = { ...mfcc39(hiss(1)), names: MFCC39_NAMES.map((_, i) => `x${i}`) };
    await expect(play(lstm, {}, [prime(simple)])).rejects.toThrow(/was trained on/);
  });
});

describe('a sequencer over time', () => {
  const part = (n: number): Descriptors => mfcc39(hiss(n, { seconds: 0.5 }));

  test('cites the primes that are still in its window, the last first', async () => {
    const given = [1, 2, 3].map((n) => prime(part(n), `ear.${n}`));
    const said = await play(lstm, { window: 30 }, given);
    expect(said.map(({ parents }) => parents.map(({ id }) => id))).toEqual([
      ['ear.1'],
      ['ear.2', 'ear.1'],
      ['ear.3', 'ear.2'],
    ]);
  });

  test('composes no oftener than it may, but hears all', async () => {
    const given = [0, 1, 2, 3, 4].map((n) => ({ ...prime(part(n), `ear.${n}`), at: n * 22_050 }));
    const said = await play(lstm, { every: 1, window: 60 }, given);
    expect(said.map(({ step }) => step)).toEqual([0, 2, 4]);
    expect(said[1]!.parents.map(({ id }) => id)).toEqual(['ear.2', 'ear.1', 'ear.0']);
  });

  test('takes its temperature from a control, and notes a control it does not know', async () => {
    const to = (name: string): Given => ({ port: 'control', signal: { name, value: 0.5 } });
    const heard = prime(mfcc39(hiss(2)));
    const [cold] = compositions(await play(lstm, {}, [to('mood'), to('model'), heard]));
    const turned = await play(lstm, {}, [to('mood'), to('temperature'), heard]);
    expect(turned[0]!.signal).toEqual({ name: 'unknown', value: 1 });
    expect(compositions(turned)[0]!.data).not.toEqual(cold!.data);
  });

  test.each([lstm, bare])(
    'with a temperature it wanders, the same way under one seed',
    async (run) => {
      const given = [prime(mfcc39(hiss(2)))];
      const [cold] = compositions(await play(run, {}, given));
      const [warm] = compositions(await play(run, { temperature: 0.5 }, given));
      const [again] = compositions(await play(run, { temperature: 0.5 }, given));
      const [other] = compositions(await play(run, { temperature: 0.5 }, given, 2));
      expect(warm).toEqual(again);
      expect(warm).not.toEqual(other);
      expect(warm).toMatchObject({ rows: 40, columns: 39 });
      expect(warm!.data).not.toEqual(cold!.data);
    },
  );
});
