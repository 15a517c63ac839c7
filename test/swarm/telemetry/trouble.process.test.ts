// What a watcher is told on the real clock when an agent's process dies, and when one is too slow.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BUILT_IN_KINDS, defineAgent } from '../../../src/agents/index.js';
import { type Audio, port } from '../../../src/core/index.js';
import type { SwarmEvent } from '../../../src/swarm/index.js';
import { audioLink, casting, scenario } from '../play.js';
import { of, singer, watched } from './watched.js';

const kind = (name: string): never => BUILT_IN_KINDS.get(name) as never;

/** Computes longer than the sound it says lasts. */
const slow = defineAgent({
  kind: 'slow',
  summary: 'says what it hears, too late',
  params: z.object({}),
  inputs: { audio: port.audio('a sound') },
  outputs: { audio: port.audio('the same sound') },
  start: () => 0,
  receive(state: number, message) {
    const until = performance.now() + 700;
    while (performance.now() < until);
    const signal = message.signal as Audio;
    return { state, emit: [{ port: 'audio', signal } as const] };
  },
});

describe('on the real clock', () => {
  it('an agent whose process is killed is DOWN until it is back', async () => {
    const piece = scenario(
      [
        casting('voice', { every: 0.2, lasts: 0.1, varied: true }, singer),
        { ...casting('left', {}, kind('guard')), isolation: 'process' },
      ],
      [audioLink('voice', 'left')],
    );
    let killed = false;
    const onEvent = (event: SwarmEvent): void => {
      if (event.type !== 'progress' || killed) return;
      const left = event.progress.agents.find(({ id }) => id === 'left');
      if (event.progress.time < 1000 || left?.pid === undefined) return;
      killed = true;
      process.kill(left.pid, 'SIGKILL');
    };
    const { alerts, records, last } = await watched(piece, {
      durationSeconds: 8,
      clock: 'real',
      onEvent,
    });
    const down = alerts.filter(({ word }) => word === 'DOWN');
    expect(down).toMatchObject([
      { subject: 'left', says: expect.stringContaining('SIGKILL') },
      { subject: 'left', over: expect.any(Number) },
    ]);
    const left = last.agents.find(({ id }) => id === 'left');
    expect(left).toMatchObject({ health: 'up', restarts: 1, restartsLeft: 9 });
    expect(of(records, 'state').length).toBeGreaterThan(4);
  });

  it('an engine that cannot keep up is LATE, and the slowest agent is named', async () => {
    const piece = scenario(
      [casting('voice', { every: 0.5 }, singer), casting('mill', {}, slow)],
      [audioLink('voice', 'mill')],
    );
    const { alerts } = await watched(piece, { durationSeconds: 6, clock: 'real' });
    const late = alerts.filter(({ word }) => word === 'LATE');
    expect(late[0]).toMatchObject({ subject: 'mill', level: 'look' });
    expect(late[0]?.says).toContain('of real time');
  });
});
