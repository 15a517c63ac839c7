import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineAgent } from '../../src/agents/index.js';
import { port } from '../../src/core/index.js';
import type { SwarmEvent } from '../../src/swarm/index.js';
import { casting, link, play, relay, scenario } from './play.js';

const ring = (): ReturnType<typeof scenario> =>
  scenario(
    [casting('a', { every: 0.05 }), casting('b', { turns: 2 }), casting('c')],
    [link('a', 'b'), link('b', 'c'), link('c', 'a', { delaySamples: 40 })],
  );

const broken = defineAgent({
  kind: 'broken',
  summary: 'throws at its second message',
  params: z.object({}),
  inputs: { in: port.control('anything') },
  outputs: { out: port.control('how many it heard') },
  start: () => 0,
  receive(heard: number) {
    if (heard === 1) throw new Error('out of rosin');
    return { state: heard + 1, emit: [{ port: 'out', signal: { name: 'n', value: heard } }] };
  },
});

describe('time', () => {
  it('gives the same journal on the virtual and on the real clock', async () => {
    const virtual = await play(ring(), { durationSeconds: 0.4 });
    const real = await play(ring(), { durationSeconds: 0.4, clock: 'real' });
    expect(real.summary.journal).toEqual(virtual.summary.journal);
    expect(real.summary.wallSeconds).toBeGreaterThanOrEqual(0.4);
  });

  it('gives another journal under another seed', async () => {
    const piece = ring();
    const one = await play(piece, { durationSeconds: 0.2 });
    const two = await play({ ...piece, seed: 8 }, { durationSeconds: 0.2 });
    expect(two.summary.journal.digest).not.toBe(one.summary.journal.digest);
  });

  it('delivers across a returning link after its delay, one lap older', async () => {
    const piece = scenario(
      [casting('a', { every: 1, count: 1 }), casting('b')],
      [link('a', 'b', { delaySamples: 250 })],
    );
    const { records } = await play(piece);
    const said = records.filter((record) => record.type === 'said');
    expect(said.map(({ id, time, lap }) => [id, time, lap])).toEqual([
      ['a.1', 0, 0],
      ['b.1', 250, 1],
    ]);
    expect(said[1]?.parents).toEqual([['a.1', 1]]);
  });

  it('says later what an agent wants said later', async () => {
    const piece = scenario(
      [casting('a', { every: 1, count: 1, after: 300 }), casting('b')],
      [link('a', 'b')],
    );
    const { records } = await play(piece);
    expect(records.flatMap((r) => (r.type === 'said' ? [[r.id, r.time]] : []))).toEqual([
      ['a.1', 300],
      ['b.1', 300],
    ]);
  });

  it('ends soon when asked to, with everything up to that instant said', async () => {
    const asked = new AbortController();
    const onEvent = (event: SwarmEvent): void => {
      if (event.type === 'said' && event.envelope.id === 'a.5') asked.abort();
    };
    const { summary } = await play(ring(), { durationSeconds: 1e6, signal: asked.signal, onEvent });
    expect(summary.reason).toBe('asked');
    expect(summary.logicalSeconds).toBeLessThan(2);
    expect(summary.journal.entries).toBeGreaterThanOrEqual(5);
  });
});

describe('endings', () => {
  const listener = defineAgent({
    kind: 'listener',
    summary: 'beats for ever and never speaks',
    params: z.object({}),
    inputs: { in: port.control('anything') },
    outputs: {},
    ticks: () => ({ everySeconds: 0.1 }),
    start: () => 0,
    receive: (state: number) => ({ state, emit: [] }),
  });

  it('a piece is over when nobody who speaks has anything left to say', async () => {
    const piece = scenario(
      [casting('a', { every: 0.1, count: 3 }), casting('l', {}, listener)],
      [link('a', 'l', { delaySamples: 500 })],
    );
    const { summary } = await play(piece);
    expect(summary.agents[1]).toMatchObject({ received: 3 });
    expect(summary.logicalSeconds).toBeGreaterThanOrEqual(0.7);
    expect(summary.logicalSeconds).toBeLessThan(1);
  });

  it('a piece without an end is refused on the virtual clock', async () => {
    await expect(play(ring())).rejects.toThrow('agent a never ends');
  });
});

describe('brims', () => {
  it('keeps what each rule keeps when an inbox is full at one instant', async () => {
    const burst = (keep: 'oldest' | 'newest' | 'latest'): ReturnType<typeof scenario> =>
      scenario(
        [casting('a', { every: 1, count: 1, times: 5 }), casting('b')],
        [link('a', 'b', { keep })],
        { limits: { inbox: 2 } },
      );
    const cited = async (keep: 'oldest' | 'newest' | 'latest'): Promise<unknown> => {
      const { records, summary } = await play(burst(keep));
      expect(summary.links[0]).toMatchObject({ sent: 5, delivered: 2, dropped: 3 });
      return records.flatMap((r) => (r.type === 'said' ? r.parents.map(([id]) => id) : []));
    };
    expect(await cited('oldest')).toEqual(['a.1', 'a.2']);
    expect(await cited('newest')).toEqual(['a.4', 'a.5']);
  });

  it('drops by its rule when a delay is full, and journals each loss', async () => {
    const piece = scenario(
      [casting('a', { every: 0.01, count: 6 }), casting('b')],
      [link('a', 'b', { delaySamples: 1000, keep: 'newest' })],
      { limits: { inFlight: 4 } },
    );
    const { records } = await play(piece);
    const lost = records.flatMap((r) => (r.type === 'dropped' ? [[r.id, r.reason]] : []));
    expect(lost).toEqual([
      ['a.1', 'brim'],
      ['a.2', 'brim'],
    ]);
    expect(records.filter((r) => r.type === 'said' && r.from === 'b.out')).toHaveLength(4);
  });

  it('refuses what no agent may say, and goes on', async () => {
    const loud = { ...relay, receive: async () => ({ state: 0, emit: [badEmission] }) };
    const badEmission = { port: 'shout', signal: { name: 'n', value: 1 } };
    const piece = scenario([casting('a', { every: 1, count: 3 }, loud as never)], []);
    const failures: string[] = [];
    const onEvent = (event: SwarmEvent): void => {
      if (event.type === 'failed') failures.push(event.says);
    };
    const { summary } = await play(piece, { onEvent });
    expect(summary.agents[0]).toMatchObject({ emitted: 0, failures: 3 });
    expect(failures[0]).toContain('it has no output "shout" (expected out)');
  });
});

describe('failures', () => {
  it.each([
    ['z.0', 0],
    ['b.9', 0],
    ['a.1', 1.5],
    ['a.1', 99],
  ])('lets nobody cite %s at lap %d', async (id, lap) => {
    const parents = [{ id, lap }];
    const emit = [{ port: 'out', signal: { name: 'n', value: 1 }, parents }];
    const forger = { ...relay, receive: async () => ({ state: 0, emit }) };
    const piece = scenario(
      [casting('a', { every: 0.1, count: 1 }), casting('b', {}, forger as never)],
      [link('a', 'b')],
    );
    const { summary } = await play(piece);
    expect(summary.agents[1]).toMatchObject({ received: 1, emitted: 0, failures: 1 });
  });

  it('keeps the state an agent had before a step that threw', async () => {
    const piece = scenario(
      [casting('a', { every: 0.1, count: 3 }), casting('b', {}, broken)],
      [link('a', 'b')],
    );
    const { summary, records } = await play(piece);
    expect(summary.agents[1]).toMatchObject({ received: 3, emitted: 1, failures: 2 });
    expect(records.filter((r) => r.type === 'happened').map((r) => r.says)).toEqual([
      'out of rosin',
      'out of rosin',
    ]);
  });

  it('leaves no folder behind when an agent cannot start', async () => {
    const stillborn = { ...relay, start: () => Promise.reject(new Error('no strings')) };
    const piece = scenario([casting('a', {}, stillborn as never)], []);
    await expect(play(piece)).rejects.toThrow('no strings');
  });
});
