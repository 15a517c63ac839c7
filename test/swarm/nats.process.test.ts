// The same swarm over a real NATS server: nothing lost while it stands, counted gaps while it is
// gone, and two processes playing one scenario together.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { spawnNatsServer } from '../../src/bus/index.js';
import { type SwarmEvent, runSwarm } from '../../src/swarm/index.js';
import { casting, link, play, scenario } from './play.js';

const ring = (): ReturnType<typeof scenario> =>
  scenario(
    [casting('a', { every: 0.05 }), casting('b', { turns: 2 }), casting('c')],
    [link('a', 'b'), link('b', 'c'), link('c', 'a', { delaySamples: 40 })],
  );

describe('over NATS', () => {
  it('the virtual clock gives the bytes of the embedded bus', async () => {
    const embedded = await play(ring(), { durationSeconds: 1 });
    const nats = await play(ring(), { durationSeconds: 1, bus: 'spawn' });
    expect(nats.summary.bus).toEqual({ kind: 'nats', reconnects: 0, gaps: 0 });
    expect(nats.summary.journal).toEqual(embedded.summary.journal);
  });

  it('a server killed with -9 for a while costs counted gaps only', async () => {
    const first = await spawnNatsServer();
    const { port, username: token } = new URL(first.url);
    const place = { port: Number(port), token };
    let second: Awaited<ReturnType<typeof spawnNatsServer>> | undefined;
    let killed = false;
    const states: string[] = [];
    const onEvent = (event: SwarmEvent): void => {
      if (event.type === 'bus') states.push(event.state);
      if (event.type !== 'progress' || killed || event.progress.time < 500) return;
      killed = true;
      process.kill(first.pid, 'SIGKILL');
      setTimeout(() => void spawnNatsServer(place).then((server) => (second = server)), 1000);
    };
    const options = { durationSeconds: 4, clock: 'real', bus: first.url, onEvent } as const;
    const { summary, records } = await play(ring(), options);
    await second?.stop();
    expect(states).toContain('reconnected');
    expect(summary.bus.gaps).toBeGreaterThan(0);
    expect(summary.reason).toBe('finished');
    for (const line of summary.links) {
      expect(line.sent).toBe(line.delivered + line.dropped + line.inFlight);
    }
    const late = records.filter((r) => r.type === 'said' && r.time > 3000 && r.parents.length > 0);
    expect(late.length).toBeGreaterThan(0);
  });

  it('two processes play one scenario together', async () => {
    const server = await spawnNatsServer();
    const home = mkdtempSync(join(tmpdir(), 'demiurge-two-'));
    const piece = ring();
    const common = { bus: server.url, run: 'together', clock: 'real', durationSeconds: 2 } as const;
    const both = Promise.all([
      runSwarm(piece, { ...common, only: ['a', 'c'], outFolder: join(home, 'one') }),
      runSwarm(piece, { ...common, only: ['b'], follow: true, outFolder: join(home, 'two') }),
    ]);
    onTestFinished(async () => {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    });
    const [conductor, follower] = await both;
    expect(conductor.agents.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(follower.agents[0]?.received).toBeGreaterThan(10);
    expect(conductor.agents[1]?.received).toBeGreaterThan(10);
    expect(conductor.laps.max).toBeGreaterThanOrEqual(2);
  });
});
