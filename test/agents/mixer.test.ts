import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { Context } from '../../src/agents/index.js';
import { mixer } from '../../src/agents/kinds/mixer.js';
import type { Audio } from '../../src/core/index.js';
import { type Given, makeContext, rehearse } from '../../src/testing/index.js';

const RATE = 1000;

function level(value: number, length: number): Audio {
  return { sampleRate: RATE, channels: [new Float32Array(length).fill(value)] };
}

function heard(at: number, signal: Audio): Given {
  return { port: 'audio', signal, at };
}

test('without blocks each sound passes on by itself, at the gain', async () => {
  const given = [heard(0, level(0.5, 10)), heard(3, level(0.25, 4))];
  const said = await rehearse(mixer, { gain: 0.5 }, given);
  expect(said.map(({ signal }) => signal)).toEqual([level(0.25, 10), level(0.125, 4)]);
  expect(said.map(({ parents }) => parents[0]!.id)).toEqual(['given.1', 'given.2']);
});

test('a control named gain sets the gain within its bounds, another is noted', async () => {
  const given = [
    { port: 'control', signal: { name: 'gain', value: 2 } },
    { port: 'control', signal: { name: 'pause', value: 0 } },
    { port: 'control', signal: { name: 'gain', value: Number.NaN } },
    heard(10, level(0.25, 2)),
    { port: 'control', signal: { name: 'gain', value: 1000 } },
    heard(20, level(0.25, 2)),
  ];
  const said = await rehearse(mixer, {}, given);
  const unknown = { name: 'unknown', value: 1 };
  const signals = said.map(({ signal }) => signal);
  expect(signals).toEqual([unknown, unknown, level(0.5, 2), level(4, 2)]);
});

test('fresh weighs what is from outside against the rest so that power stays', async () => {
  const outside = (at: number): Given => ({ port: 'fresh', signal: level(0.5, 2), at });
  const to = (value: number): Given => ({ port: 'control', signal: { name: 'fresh', value } });
  const given = [
    outside(0),
    heard(0, level(0.5, 2)),
    to(0.36),
    outside(1),
    heard(1, level(0.5, 2)),
  ];
  const plain = await rehearse(mixer, {}, given);
  const levels = plain.map(({ signal }) => (signal as Audio).channels[0]![0]!);
  for (const [i, x] of [0.5, 0.5, 0.3, 0.4].entries()) expect(levels[i]).toBeCloseTo(x, 6);
});

test('what has no share is left out, and is the parent of nothing', async () => {
  const given: Given[] = [
    { port: 'fresh', signal: level(0.5, 100), at: 0, id: 'past.1' },
    { port: 'audio', signal: level(0.25, 100), at: 0, id: 'tail.1' },
    { port: 'tick', at: 100 },
  ];
  const options = { sampleRate: RATE };
  const [block] = await rehearse(mixer, { every: 0.1, fresh: 0 }, given, options);
  expect(block!.parents.map(({ id }) => id)).toEqual(['tail.1']);
  expect((block!.signal as Audio).channels[0]![0]).toBe(0.25);
  expect(await rehearse(mixer, { fresh: 1 }, given.slice(1, 2), options)).toEqual([]);
});

test('blocks hold the sum of what overlaps, and cite whoever sounds in them', async () => {
  const given = [
    heard(0, level(0.25, 150)),
    heard(50, level(0.5, 100)),
    ...[100, 200, 300].map((at) => ({ port: 'tick', at })),
  ];
  const said = await rehearse(mixer, { every: 0.1 }, given, { sampleRate: RATE });
  expect(said.map(({ at }) => at)).toEqual([100, 200]);
  const [first, second] = said.map(({ signal }) => (signal as Audio).channels[0]!);
  expect([first![0], first![49], first![50], first![99]]).toEqual([0.25, 0.25, 0.75, 0.75]);
  expect([second![0], second![49], second![50], second!.length]).toEqual([0.75, 0.75, 0, 100]);
  expect(said[1]!.parents.map(({ id }) => id)).toEqual(['given.1', 'given.2']);
});

test('a sound that begins with the beat belongs to the block after it', async () => {
  const given = [heard(100, level(0.5, 50)), ...[100, 200].map((at) => ({ port: 'tick', at }))];
  const said = await rehearse(mixer, { every: 0.1 }, given, { sampleRate: RATE });
  expect(said).toHaveLength(1);
  expect([said[0]!.at, said[0]!.parents[0]!.id]).toEqual([200, 'given.1']);
});

test('what a control has set outlives a checkpoint, the rest is as the params say', async () => {
  const at = (params: object): Context<z.output<typeof mixer.params>> =>
    makeContext({ params: mixer.params.parse(params), sampleRate: RATE });
  const control = { port: 'control', id: 'c.1', lap: 0 } as const;
  const set = { ...control, signal: { name: 'fresh', value: 0.36 } };
  const before = await mixer.start(at({}));
  const { state } = await mixer.receive(before, set, at({}));
  const saved = structuredClone(mixer.save!(state));
  const forked = at({ gain: 2, fresh: 1 });
  const after = await mixer.restore!(await mixer.start(forked), saved, forked);
  const sound = { port: 'fresh', signal: level(0.5, 2), id: 'past.1', lap: 0 } as const;
  const { emit } = await mixer.receive(after, sound, forked);
  expect((emit[0]!.signal as Audio).channels[0]![0]).toBeCloseTo(0.5 * 2 * 0.6, 6);
});

test('one that was gone for a while says no block longer than any', async () => {
  const at = (now: number): Context<z.output<typeof mixer.params>> =>
    makeContext({ params: mixer.params.parse({ every: 0.1 }), sampleRate: RATE, now });
  const sound = { port: 'audio', signal: level(0.5, 1000), id: 'past.1', lap: 0 } as const;
  const { state } = await mixer.receive(await mixer.start(at(0)), sound, at(0));
  const back = await mixer.restore!(await mixer.start(at(440)), mixer.save!(state), at(440));
  const tick = { port: 'tick', signal: { name: 'tick', value: 5 }, id: '', lap: 0 } as const;
  const { emit } = await mixer.receive(back, tick, at(500));
  expect((emit[0]!.signal as Audio).channels[0]).toEqual(new Float32Array(100).fill(0.5));
});
