// An agent whose process keeps dying takes with it what it was hearing, counted, and nothing else.
import { describe, expect, it } from 'vitest';
import { casting, link, play, scenario } from '../swarm/play.js';
import { breaches } from './breaches.js';
import mortal from './mortal-relay.js';

const kindFile = new URL('./mortal-relay.ts', import.meta.url).pathname;

const piece = scenario(
  [
    casting('a', { every: 0.01, count: 5 }),
    { ...casting('b', {}, mortal), isolation: 'process', kindFile },
    casting('c'),
  ],
  [link('a', 'b'), link('b', 'c'), link('a', 'c'), link('c', 'b', { delaySamples: 5, laps: 2 })],
);

describe('an agent that dies now and then', () => {
  it('comes back each time, and the same run loses the same', async () => {
    const one = await play(piece, { durationSeconds: 0.25 });
    const two = await play(piece, { durationSeconds: 0.25 });
    expect(breaches({ piece, ...one })).toEqual([]);
    expect(two.summary.journal).toEqual(one.summary.journal);
    const crashes = one.records.filter((r) => r.type === 'dropped' && r.reason === 'crash');
    expect(crashes.length).toBeGreaterThan(0);
    expect(one.summary.agents[1]?.restarts).toBe(crashes.length);
    expect(one.summary.agents[1]?.failures).toBeGreaterThan(0);
    expect(one.summary.links[2]).toMatchObject({ sent: 5, dropped: 0 });
  });
});
