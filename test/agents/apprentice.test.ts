import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { offerIn } from '../../src/agents/cast/offer.js';
import { apprentice } from '../../src/agents/kinds/apprentice.js';
import { logMel80, mfcc39 } from '../../src/audio/index.js';
import { type Audio, type Control, type Descriptors, tensor } from '../../src/core/index.js';
import { type RunRecord, loadRun } from '../../src/models/index.js';
import { melDistanceDb } from '../../src/training/index.js';
import { type Given, type Said, chirp, hiss, rehearse, sine } from '../../src/testing/index.js';
import { castAs, openRunMaker } from './cast-runs.js';
import { temporaryFolder } from './temporary-folder.js';

const { untrained } = openRunMaker();
const NARROW = { num_layers: 1, window_size: 12, forecast_size: 4, dim_pos_encoding: 6 };
const dreams = await untrained('transformer', { ...NARROW, nhead: 5, dim_feedforward: 16 });
const voice = await untrained('mel-gan', { ngf: 2, n_residual_layers: 1 }, { audible: true });

const TICK: Given = { port: 'tick' };
const strings = (seed: number, id = `ear.${seed}`): Given => ({
  port: 'descriptors',
  signal: mfcc39(hiss(seed)),
  id,
});
const sound = (signal: Audio, id: string): Given => ({ port: 'audio', signal, id });

function play(
  run: RunRecord,
  given: readonly Given[],
  { outputFolder = temporaryFolder(), seed = 1, ...params }: Record<string, unknown> = {},
): Promise<readonly Said[]> {
  const world = { outputFolder: outputFolder as string, seed: seed as number, self: 'pupil' };
  const runs = { model: castAs('role', run) };
  const written = { model: 'role', steps: 2, batch: 2, rate: 1e-2, ...params };
  return rehearse(apprentice, written, given, { ...world, runs });
}

const on = (said: readonly Said[], port: string): Said[] => said.filter((one) => one.port === port);
const noted = (said: readonly Said[], name: string): number[] =>
  on(said, 'notes')
    .map(({ signal }) => signal as Control)
    .filter((note) => note.name === name)
    .map(({ value }) => value);
const offers = (said: readonly Said[]) =>
  on(said, 'model').map(({ signal }) => offerIn(signal as Control)!);

describe('an apprentice', () => {
  test('offers a new version that stands in the folder of the run under its hash', async () => {
    const outputFolder = temporaryFolder();
    const [offer, ...others] = offers(await play(dreams, [strings(1), TICK], { outputFolder }));
    expect(others).toEqual([]);
    expect(offer?.generation).toBe(1);
    const run = await loadRun(offer!.run, { registry: join(outputFolder, 'models') });
    expect(run.hash).toBe(offer!.hash);
    expect(run).toMatchObject({ kind: 'transformer', trained: true, hopLength: 1024 });
    expect(run.origin.sources).toEqual([{ file: `run ${dreams.id}`, sha256: dreams.hash }]);
    const [before, after] = await Promise.all([dreams.weights(), run.weights()]);
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    expect(after).not.toEqual(before);
  });

  test('cites what it learned from, and names the weights it went on from', async () => {
    const given = [strings(1), strings(2), TICK, strings(3), TICK];
    const said = on(await play(dreams, given), 'model');
    const [first, second] = said;
    const [offer] = offers(said);
    expect(first?.parents.map(({ id }) => id)).toEqual(['ear.2', 'ear.1']);
    expect(second?.parents.map(({ id }) => id)).toEqual(['ear.3', 'ear.2', 'ear.1']);
    expect(first?.models).toEqual([{ run: dreams.id, hash: dreams.hash }]);
    expect(second?.models).toEqual([{ run: offer?.run, hash: offer?.hash }]);
  });

  test('cites at most sixteen messages', async () => {
    const many = Array.from({ length: 20 }, (_, i) => strings(1, `ear.${i}`));
    const [offer] = on(await play(dreams, [...many, TICK]), 'model');
    expect(offer?.parents).toHaveLength(16);
    expect(offer?.parents[0]?.id).toBe('ear.19');
  });

  test('learns: its loss falls from lesson to lesson', async () => {
    const given = Array.from({ length: 6 }, () => [strings(1), TICK]).flat();
    const losses = noted(await play(dreams, given, { steps: 15 }), 'loss');
    expect(losses).toHaveLength(6);
    expect(losses.at(-1)).toBeLessThan(0.9 * losses[0]!);
  });

  test('makes the same versions under one seed, others under another', async () => {
    const given = [strings(1), TICK, strings(2), TICK];
    const once = await play(dreams, given);
    expect(await play(dreams, given)).toEqual(once);
    expect(offers(await play(dreams, given, { seed: 2 }))).not.toEqual(offers(once));
  });

  test('takes no lesson when it heard nothing new, or too little', async () => {
    const whole = mfcc39(hiss(1));
    const few = { ...whole, rows: 5, data: whole.data.slice(0, 5 * 39) };
    const little: Given = { port: 'descriptors', signal: few };
    const said = await play(dreams, [TICK, little, TICK, strings(1), TICK, TICK]);
    expect(on(said, 'model').map(({ step }) => step)).toEqual([4]);
  });

  test('forgets: what is older than its memory is learned from and cited no more', async () => {
    const said = await play(dreams, [strings(1), strings(2), strings(3), TICK], { memory: 1 });
    expect(on(said, 'model')[0]?.parents.map(({ id }) => id)).toEqual(['ear.3']);
  });

  test('keeps the latest versions alone', async () => {
    const outputFolder = temporaryFolder();
    const given = [1, 2, 3].flatMap((seed) => [strings(seed), TICK]);
    const made = offers(await play(dreams, given, { outputFolder, keep: 2 }));
    const there = made.map(({ run }) => existsSync(join(outputFolder, 'models', run)));
    expect(there).toEqual([false, true, true]);
  });

  test('throws a lesson away that diverges, and says so', async () => {
    const { signal } = strings(1) as { signal: Descriptors };
    const loud = { ...signal, data: signal.data.map((x, i) => (i % 2 === 0 ? x : 3e38)) };
    const outputFolder = temporaryFolder();
    const given: Given[] = [{ port: 'descriptors', signal: loud }, TICK];
    const said = await play(await withStats(), given, { outputFolder });
    expect(noted(said, 'diverged')).toEqual([1]);
    expect(on(said, 'model')).toEqual([]);
    expect(existsSync(join(outputFolder, 'models'))).toBe(false);
  });

  test('says what it cannot learn from', async () => {
    const said = await play(dreams, [sound(sine(440), 'x.1'), TICK]);
    expect(noted(said, 'unheard')).toEqual([1]);
    expect(on(said, 'model')).toEqual([]);
  });

  test('refuses a memory that never holds one example', async () => {
    await expect(play(dreams, [], { memory: 0.1 })).rejects.toThrow(/memory of 0.1 s/);
  });
});

describe('an apprentice of a vocoder', () => {
  test('learns from sounds and offers a vocoder that sounds', async () => {
    const outputFolder = temporaryFolder();
    const given = [sound(chirp(200, 2000), 'x.1'), TICK, sound(hiss(2), 'x.2'), TICK];
    const said = await play(voice, given, { outputFolder, memory: 1.2 });
    const [first, second] = offers(said);
    expect([first?.generation, second?.generation]).toEqual([1, 2]);
    expect(on(said, 'model')[1]?.parents.map(({ id }) => id)).toEqual(['x.2']);
    const run = await loadRun(second!.run, { registry: join(outputFolder, 'models') });
    await (await run.open('vocoder')).close();
    expect(run.kind).toBe('mel-gan');
  });

  test('comes nearer to the mels of what it hears', async () => {
    const outputFolder = temporaryFolder();
    const heard = sound(chirp(200, 2000), 'x.1');
    const given = Array.from({ length: 4 }, () => [heard, TICK]).flat();
    const said = await play(voice, given, { outputFolder, steps: 10 });
    const distances = await Promise.all(
      offers(said).map(async (offer) => {
        const run = await loadRun(offer.run, { registry: join(outputFolder, 'models') });
        const model = await run.open('vocoder');
        const wanted = logMel80(heard.signal as Audio);
        const mel = tensor([1, 80, wanted.columns], wanted.data);
        const { audio } = await model.run({ mel });
        await model.close();
        return melDistanceDb(wanted, logMel80({ sampleRate: 44_100, channels: [audio!.data] }));
      }),
    );
    expect(distances).toHaveLength(4);
    expect(distances.at(-1)).toBeLessThan(0.8 * distances[0]!);
  });

  test('leaves out sounds shorter than an example', async () => {
    const said = await play(voice, [sound(hiss(1, { seconds: 0.1 }), 'x.1'), TICK]);
    expect(noted(said, 'unheard')).toEqual([1]);
    expect(on(said, 'model')).toEqual([]);
  });
});

/** A run that brings its statistics, so that what it hears is not brought to its own scale. */
function withStats(): Promise<RunRecord> {
  const stats = { mean: Array<number>(39).fill(0), std: Array<number>(39).fill(1) };
  return untrained('transformer', { ...NARROW, nhead: 5, dim_feedforward: 16 }, { stats });
}
