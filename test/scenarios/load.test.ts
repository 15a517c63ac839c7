import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIMITS_DEFAULT } from '../../src/core/index.js';
import { Desk } from './desk.js';

const PIECE = `title: Piece
clock: real
duration: 2min
limits: { laps: 9 }
agents:
  past: { kind: source, folder: sounds, mood: wild }
  mix:  { kind: echo, isolation: process }
links:
  - past.audio -> mix.audio: { gain: 0.5, every: 2 }
  - mix.audio ~> mix.audio: { delay: 250ms, probability: 0.5, keep: latest }
`;

function desk(): Desk {
  const desk = new Desk();
  desk.put('sounds/a.wav', '');
  return desk;
}

describe('a scenario', () => {
  it('is read with its defaults filled in', async () => {
    using at = desk();
    const scenario = await at.sound(PIECE);
    expect(scenario).toMatchObject({
      title: 'Piece',
      file: join(at.folder, 'piece.yaml'),
      text: PIECE,
      folder: at.folder,
      seed: 1,
      clock: 'real',
      durationSeconds: 120,
      sampleRate: 44_100,
      limits: { ...LIMITS_DEFAULT, laps: 9 },
    });
  });

  it('casts each agent: kind, params as parsed, params as written, place', async () => {
    using at = desk();
    const [past, mix] = (await at.sound(PIECE)).cast;
    expect(past).toMatchObject({
      id: 'past',
      params: { folder: 'sounds', mood: 'wild', gain: 1 },
      written: { folder: 'sounds', mood: 'wild' },
      isolation: 'inline',
      runs: {},
    });
    expect(mix).toMatchObject({ id: 'mix', isolation: 'process', written: {} });
  });

  it('makes links with their options, laps from its limits', async () => {
    using at = desk();
    expect((await at.sound(PIECE)).topology.links).toMatchObject([
      { way: 'feeds', delaySamples: 0, gain: 0.5, every: 2, laps: 9, keep: 'oldest' },
      { way: 'returns', delaySamples: 11_025, probability: 0.5, keep: 'latest', laps: 9 },
    ]);
  });

  it('takes its title from its file when it has none', async () => {
    using at = desk();
    expect((await at.sound('agents: { a: { kind: echo } }')).title).toBe('piece');
  });

  it('lets the caller win', async () => {
    using at = desk();
    const overrides = { clock: 'virtual', durationSeconds: 5, limits: { inbox: 3 } } as const;
    const scenario = await at.sound(`seed: 4\n${PIECE}`, { seed: 8, overrides });
    expect(scenario).toMatchObject({ seed: 8, clock: 'virtual', durationSeconds: 5 });
    expect(scenario.limits).toMatchObject({ inbox: 3, laps: 9 });
  });

  it('keeps its own seed over one for scenarios that have none', async () => {
    using at = desk();
    const file = at.put('own.yaml', `seed: 4\n${PIECE}`);
    const { loadScenario } = await import('../../src/scenarios/index.js');
    const { KINDS } = await import('./desk.js');
    const loaded = await loadScenario(file, { kinds: KINDS, seedOtherwise: 9 });
    expect(loaded).toMatchObject({ ok: true, value: { seed: 4 } });
  });

  it('adds named topologies before the links that are written', async () => {
    using at = desk();
    const { topology } = await at.sound(`agents: { a: { kind: echo }, b: { kind: echo } }
topology:
  - { ring: { delay: 2s } }
links:
  - a.audio ~> b.audio: { delay: 5s }
`);
    const delays = topology.links.map((link) => link.delaySamples / 44_100);
    expect(delays).toEqual([2, 2, 5]);
    expect(topology.loops).toHaveLength(2);
  });

  it('is frozen', async () => {
    using at = desk();
    const scenario = await at.sound(PIECE);
    expect(Object.isFrozen(scenario)).toBe(true);
    expect(() => (scenario.cast as unknown[]).push(1)).toThrow(TypeError);
  });
});
