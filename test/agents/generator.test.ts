import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dreamtMel, generatorOf } from '../../src/agents/generating/dream.js';
import { mixedNoise } from '../../src/agents/generating/heard-noise.js';
import { generator } from '../../src/agents/kinds/generator.js';
import { UserError, seededRandom } from '../../src/core/index.js';
import type { Mel, Noise, Random } from '../../src/core/index.js';
import { readSafetensors } from '../../src/models/index.js';
import {
  type Given,
  type Said,
  chirp,
  kindContract,
  rehearse,
  silence,
  sine,
} from '../../src/testing/index.js';
import { castAs, openRunMaker } from './cast-runs.js';

const { imported, untrained } = openRunMaker();
const stats = { mean: Array<number>(80).fill(-2), std: Array<number>(80).fill(0.5) };
const small = { mfd: 16 };
const hearing = await untrained('una-gan', small, { with: ['una-gan-encoder'], stats });
const deaf = await untrained('una-gan', small);
const una = {
  params: { model: 'una', seconds: 1, feedback: 0.5 },
  runs: { model: castAs('una', hearing) },
};

for (const { name, run } of kindContract(generator, una)) test(name, run);

const tick: Given = { port: 'tick' };
const play = (params: object, given: readonly Given[], seed = 1): Promise<readonly Said[]> =>
  rehearse(generator, { model: 'una', seconds: 1, ...params }, given, { runs: una.runs, seed });
const at = (said: readonly Said[], port: string): readonly Said[] =>
  said.filter((one) => one.port === port);

/** Chance that gives what it was told to give. */
function replaying(values: readonly number[]): Random {
  let next = 0;
  return { ...seededRandom(1), normal: () => values[next++] ?? Number.NaN } as Random;
}

describe('a generator', () => {
  test('computes what the original computes from the same noise and initial states', async () => {
    const run = await imported('unagan');
    const file = join(import.meta.dirname, '../fixtures/checkpoints/unagan/io.safetensors');
    const io = readSafetensors(await readFile(file), file);
    const model = await run.open('generator');
    const [, rows = 0, columns = 0] = io.z!.shape;
    const states = ['h0', 'h1', 'h2', 'h3', 'h4'].flatMap((name) => [...io[name]!.data]);
    const noise: Noise = { rows, columns, data: io.z!.data };
    const mel = await dreamtMel(generatorOf(run, model), noise, replaying(states));
    await model.close();
    const worst = mel.data.reduce((max, x, i) => Math.max(max, Math.abs(x - io.mel!.data[i]!)), 0);
    const largest = io.mel!.data.reduce((max, x) => Math.max(max, Math.abs(x)), 1);
    expect(mel.data).toHaveLength(io.mel!.data.length);
    expect(worst).toBeLessThan(1e-4 * largest);
  });

  test('dreams whole columns of sixteen frames, first words without parents', async () => {
    const said = await play({}, [tick]);
    const [mel, noise] = [at(said, 'mel')[0]!, at(said, 'noise')[0]!];
    expect(mel.signal as Mel).toMatchObject({ rows: 80, columns: 11 * 16, hopLength: 256 });
    expect(noise.signal as Noise).toMatchObject({ rows: 20, columns: 11 });
    expect([mel.parents, mel.lap]).toEqual([[], 0]);
  });

  test('never says the same twice, but the same again under a seed', async () => {
    const said = at(await play({ temperature: 0 }, [tick, tick]), 'mel');
    const again = at(await play({ temperature: 0 }, [tick, tick]), 'mel');
    const other = at(await play({ temperature: 0 }, [tick, tick], 2), 'mel');
    expect((said[0]!.signal as Mel).data).not.toEqual((said[1]!.signal as Mel).data);
    expect(again).toEqual(said);
    expect(other).not.toEqual(said);
  });

  test('cites the latest it heard, a lap older when that is', async () => {
    const said = await play({ feedback: 0.5 }, [
      { port: 'audio', signal: sine(440), id: 'past.1' },
      { port: 'audio', signal: sine(550), id: 'mel.4', lap: 3 },
      tick,
      tick,
    ]);
    expect(at(said, 'mel').map(({ parents }) => parents)).toEqual([
      [{ id: 'mel.4', lap: 3 }],
      [{ id: 'mel.4', lap: 3 }],
    ]);
    expect(at(said, 'mel')[0]?.lap).toBe(3);
  });

  test('with full feedback its noise is the noise it hears', async () => {
    const data = Float32Array.from({ length: 20 * 11 }, (_, i) => Math.sin(i));
    const heard: Noise = { rows: 20, columns: 11, data };
    const said = await play({ feedback: 1 }, [{ port: 'noise', signal: heard }, tick]);
    expect((at(said, 'noise')[0]!.signal as Noise).data).toEqual(data);
  });

  test('hears from when a control raises its feedback until it is back', async () => {
    const to = (value: number): Given => ({ port: 'control', signal: { name: 'feedback', value } });
    const heard: Given = { port: 'audio', signal: sine(440), id: 'past.1' };
    const said = await play({ feedback: 0 }, [heard, tick, to(7), heard, tick, to(0), tick]);
    const parents = at(said, 'mel').map((one) => one.parents.map(({ id }) => id));
    expect(parents).toEqual([[], ['past.1'], []]);
  });

  test('takes its temperature from a control, and notes a control it does not know', async () => {
    const to = (name: string): Given => ({ port: 'control', signal: { name, value: 0 } });
    const said = await play({}, [to('temperature'), to('mood'), tick]);
    expect((at(said, 'noise')[0]!.signal as Noise).data.every((x) => x === 0)).toBe(true);
    expect(at(said, 'notes').map(({ signal }) => signal)).toEqual([{ name: 'unknown', value: 1 }]);
  });

  test('different sounds become different noise, and louder ones the same', async () => {
    const noiseFrom = async (signal: Given['signal']): Promise<Float32Array> => {
      const said = await play({ feedback: 1 }, [{ port: 'audio', signal: signal! }, tick]);
      return (at(said, 'noise')[0]!.signal as Noise).data;
    };
    const low = await noiseFrom(chirp(100, 200));
    expect(await noiseFrom(chirp(2000, 4000))).not.toEqual(low);
    const soft = await noiseFrom(chirp(100, 200, { peak: 0.05 }));
    expect(soft.every((x, i) => Math.abs(x - low[i]!) < 1e-3)).toBe(true);
  });

  test('goes on with fresh noise when what it heard is silent, and says so', async () => {
    const said = await play({ feedback: 0.5 }, [{ port: 'audio', signal: silence() }, tick, tick]);
    expect(at(said, 'notes').map(({ signal }) => signal)).toEqual([{ name: 'unheard', value: 1 }]);
    expect(at(said, 'mel').map(({ parents }) => parents)).toEqual([[], []]);
  });

  test('without a cycle encoder it refuses feedback at the start, and dreams without', async () => {
    const runs = { model: castAs('una', deaf) };
    const start = (feedback: number): Promise<unknown> =>
      rehearse(generator, { model: 'una', seconds: 1, feedback }, [tick], { runs });
    await expect(start(0.1)).rejects.toThrow(UserError);
    await expect(start(0.1)).rejects.toThrow(/no cycle encoder/);
    await expect(start(0)).resolves.toHaveLength(2);
    const raised: Given = { port: 'control', signal: { name: 'feedback', value: 0.5 } };
    const given = [raised, { port: 'audio', signal: sine(440) }, tick];
    const said = await rehearse(generator, { model: 'una', seconds: 1 }, given, { runs });
    expect(at(said, 'notes').map(({ signal }) => signal)).toEqual([{ name: 'deaf', value: 1 }]);
    expect(at(said, 'mel')[0]!.parents).toEqual([]);
  });
});

test('mixing keeps unit variance where there is both, and is fresh past the end', () => {
  const fresh: Noise = { rows: 1, columns: 3, data: Float32Array.of(1, 2, 3) };
  const heard: Noise = { rows: 1, columns: 2, data: Float32Array.of(10, 20) };
  const { data } = mixedNoise(fresh, heard, 0.36);
  const expected = [0.8 * 1 + 0.6 * 10, 0.8 * 2 + 0.6 * 20, 3];
  for (const [i, x] of expected.entries()) expect(data[i]).toBeCloseTo(x, 5);
});
