import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyAgentKind } from '../../src/agents/index.js';
import { type Atlas, type Row, endName, makeAtlas, rowSentence } from '../../src/atlas/index.js';
import { RATE, cast, corpusFolder, piece, soundKind, wire } from './piece.js';

let corpus = '';
beforeAll(() => {
  corpus = corpusFolder();
});
afterAll(() => rmSync(corpus, { recursive: true, force: true }));

const made = (scenario: ReturnType<typeof piece>, laps = 64): Promise<Atlas> =>
  makeAtlas(scenario, { corpus, seconds: 1, laps });

async function alone(kind: AnyAgentKind, laps?: number): Promise<Row> {
  const { rows } = await made(piece([cast('it', kind)]), laps);
  expect(rows).toHaveLength(1);
  return rows[0]!;
}

const ends = ({ trails }: Row): readonly string[] => trails.map(endName);
const tone = (hz: number): Float32Array =>
  Float32Array.from({ length: RATE }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / RATE));

describe('an atlas of a map that is known', () => {
  it('finds that an identity keeps every probe as it is, each a place of its own', async () => {
    const row = await alone(soundKind((samples) => samples));
    expect(ends(row)).toEqual(['silence', 'fixed point', 'fixed point', 'fixed point']);
    expect(row.trails.map(({ fate }) => fate.at)).toEqual([0, 0, 0, 0]);
    expect(row.trails.map(({ basin }) => basin)).toEqual(['A', 'B', 'C', 'D']);
    expect(rowSentence(row)).toContain('noise, sine and bar stay as they are');
  });

  it('finds that what softens ends in silence, from wherever it began', async () => {
    const row = await alone(soundKind((samples) => samples.map((x) => x * 0.4)));
    expect(new Set(ends(row))).toEqual(new Set(['silence']));
    expect(new Set(row.trails.map(({ basin }) => basin))).toEqual(new Set(['A']));
    expect(row.trails[1]!.fate.at).toBeGreaterThan(3);
  });

  it('finds that a low-pass leaves only what lies lowest of noise, and no tone', async () => {
    const around = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
    const lowPass = soundKind((samples) =>
      samples.map((_, i) => around.reduce((sum, d) => sum + samples.at((i + d) % RATE)! / 9, 0)),
    );
    const row = await alone(lowPass, 200);
    expect(row.trails[2]!.fate.name).toBe('silence');
    const { fate, stations } = row.trails[1]!;
    expect(fate.name).toBe('fixed point');
    const bands = stations.at(-1)!.print.map((db, i) => (db > -60 ? i % 20 : 0));
    expect(Math.max(...bands)).toBeLessThan(4);
  });

  it('finds a cycle of two where two sounds take turns', async () => {
    const row = await alone(soundKind((_, count) => tone(count % 2 === 0 ? 300 : 1700)));
    expect(new Set(ends(row))).toEqual(new Set(['cycle of 2']));
    expect(new Set(row.trails.map(({ basin }) => basin))).toEqual(new Set(['A']));
    expect(row.trails[0]!.end).toHaveLength(2);
  });

  it('finds one loud fixed point for each sound that is doubled and held', async () => {
    const held = (x: number): number => Math.max(-0.9, Math.min(0.9, 2 * x));
    const row = await alone(soundKind((samples) => samples.map(held)));
    expect(ends(row)).toEqual(['silence', 'fixed point', 'fixed point', 'fixed point']);
    const { stations } = row.trails[2]!;
    expect(stations.at(-1)!.levelDb).toBeGreaterThan(stations[0]!.levelDb + 4);
  });

  it('says that what leaps by chance wanders, and stops asking', async () => {
    const row = await alone(soundKind((_, __, random) => tone(100 + random.next() * 3500)));
    expect(new Set(ends(row))).toEqual(new Set(['wanders']));
    expect(row.trails[0]!.stations.length).toBeLessThan(40);
    expect(row.trails.every(({ basin }) => basin === undefined)).toBe(true);
  });

  it('says that what doubles without a ceiling explodes', async () => {
    const row = await alone(soundKind((samples) => samples.map((x) => x * 8)));
    expect(ends(row)).toEqual(['silence', 'explodes', 'explodes', 'explodes']);
  });

  it('hears silence where a sound was no numbers, and says why', async () => {
    const row = await alone(soundKind((samples) => samples.map(() => Number.NaN)));
    expect(new Set(ends(row))).toEqual(new Set(['silence']));
    expect(row.trails[1]!.troubles.join()).toMatch(/^it: .*were no numbers/);
  });

  it('says that an agent that never speaks gives no answer', async () => {
    const mute = soundKind((samples) => samples);
    const row = await alone({ ...mute, receive: (state: unknown) => ({ state, emit: [] }) });
    expect(new Set(ends(row))).toEqual(new Set(['no answer']));
    expect(row.trails.every(({ basin }) => basin === undefined)).toBe(true);
  });

  it('names the trouble of an agent that fails', async () => {
    const row = await alone(
      soundKind(() => {
        throw new Error('no bow');
      }),
    );
    expect(row.trails[0]!.troubles).toEqual(['it: no bow']);
  });
});

describe('an atlas of loops', () => {
  const plain = soundKind((samples) => samples);

  it('follows a loop with its gains, past the laps its links allow', async () => {
    const agents = [cast('a', plain), cast('b', plain)];
    const atlas = await made(piece(agents, [wire('a', 'b'), wire('b', 'a', 0.5, 0.5)]));
    expect(atlas.rows.map(({ circuit }) => circuit.name)).toEqual(['loop 1', 'a', 'b']);
    const [loop] = atlas.rows as [Row];
    expect(new Set(ends(loop))).toEqual(new Set(['silence']));
    expect(loop.trails[1]!.stations.length).toBeGreaterThan(8);
  });

  it('leaves out an agent whose own way round is a loop of the scenario', async () => {
    const atlas = await made(piece([cast('a', plain)], [wire('a', 'a', 0.5)]));
    expect(atlas.rows.map(({ circuit }) => circuit.name)).toEqual(['loop 1']);
    expect(atlas.left).toEqual([{ name: 'a', why: 'the same way round as loop 1' }]);
  });

  it('gives the same atlas for the same seed, and another for another', async () => {
    const dice = soundKind((samples, _, random) => samples.map((x) => x * random.next()));
    const scenario = piece([cast('a', dice)]);
    const prints = ({ rows }: Atlas): unknown => rows[0]!.trails.map(({ stations }) => stations);
    const [one, again] = [await made(scenario, 8), await made(scenario, 8)];
    expect(prints(again)).toEqual(prints(one));
    const other = await makeAtlas(scenario, { corpus, seconds: 1, laps: 8, seed: 8 });
    expect(prints(other)).not.toEqual(prints(one));
  });

  it('follows only what is asked for, and says what there is when that is unknown', async () => {
    const scenario = piece([cast('a', plain), cast('b', plain)], [wire('a', 'b', 1)]);
    const only = await makeAtlas(scenario, { corpus, seconds: 1, only: ['b'] });
    expect(only.rows.map(({ circuit }) => circuit.name)).toEqual(['b']);
    await expect(makeAtlas(scenario, { corpus, only: ['c'] })).rejects.toThrow(/a, b/);
  });
});
