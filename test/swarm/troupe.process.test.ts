// Agents in processes of their own: the same bytes as inline, and a killed one comes back while
// the rest goes on.
import { describe, expect, it } from 'vitest';
import { BUILT_IN_KINDS } from '../../src/agents/index.js';
import type { Scenario } from '../../src/scenarios/index.js';
import type { SwarmEvent } from '../../src/swarm/index.js';
import { audioLink, casting, play, scenario } from './play.js';

const kind = (name: string): never => BUILT_IN_KINDS.get(name) as never;

/** A corpus heard by two guards side by side, whose sound is mixed and recorded. */
function guarded(isolation: 'inline' | 'process'): Scenario {
  const folder = new URL('../fixtures/descriptors', import.meta.url).pathname;
  return scenario(
    [
      casting('past', { folder, every: 0.1, seconds: 0.1 }, kind('corpus')),
      { ...casting('left', {}, kind('guard')), isolation },
      { ...casting('right', { gainDb: -6 }, kind('guard')), isolation },
      casting('out', {}, kind('recorder')),
    ],
    [
      audioLink('past', 'left'),
      audioLink('past', 'right'),
      audioLink('left', 'out'),
      audioLink('right', 'out'),
      audioLink('right', 'left', { delaySamples: 300 }),
    ],
  );
}

describe('agents in processes', () => {
  it('say the same, one process each, sharing one, or inline', async () => {
    const inline = await play(guarded('inline'), { durationSeconds: 2 });
    const each = await play(guarded('process'), { durationSeconds: 2 });
    const shared = await play(guarded('process'), { durationSeconds: 2, processes: 1 });
    expect(inline.summary.journal.entries).toBeGreaterThan(50);
    expect(each.summary.journal.digest).toBe(inline.summary.journal.digest);
    expect(shared.summary.journal.digest).toBe(inline.summary.journal.digest);
    expect(each.audio).toEqual(inline.audio);
    expect(shared.audio).toEqual(inline.audio);
  });

  it('killed with -9 on the real clock, one comes back and the rest goes on', async () => {
    let killedAt: number | undefined;
    let backAfter = Number.POSITIVE_INFINITY;
    const onEvent = (event: SwarmEvent): void => {
      if (event.type === 'restarted') backAfter = performance.now() - (killedAt as number);
      if (event.type !== 'progress' || killedAt !== undefined) return;
      const left = event.progress.agents.find(({ id }) => id === 'left');
      if (event.progress.time < 1000 || left?.pid === undefined) return;
      killedAt = performance.now();
      process.kill(left.pid, 'SIGKILL');
    };
    const options = { durationSeconds: 6, clock: 'real', onEvent } as const;
    const { summary, records } = await play(guarded('process'), options);
    expect(summary.agents.find(({ id }) => id === 'left')?.restarts).toBe(1);
    expect(backAfter).toBeLessThan(2000);
    for (const line of summary.links) {
      expect(line.sent).toBe(line.delivered + line.dropped + line.inFlight);
      expect(line.inFlight).toBeGreaterThanOrEqual(0);
    }
    const last = records.findLast((r) => r.type === 'said' && r.from === 'left.audio');
    expect(last?.time).toBeGreaterThan(5000);
    expect(summary.audio[0]?.seconds).toBe(6);
  });

  it('killed with -9 on the virtual clock, time waits for it', async () => {
    let killed = false;
    const onEvent = (event: SwarmEvent): void => {
      if (event.type !== 'progress' || killed) return;
      const pid = event.progress.agents.find(({ id }) => id === 'right')?.pid;
      if (pid === undefined) return;
      killed = true;
      process.kill(pid, 'SIGKILL');
    };
    const { summary } = await play(guarded('process'), { durationSeconds: 30, onEvent });
    const right = summary.agents.find(({ id }) => id === 'right');
    expect(right?.restarts).toBe(1);
    expect(right?.dropped).toBeLessThanOrEqual(1);
    expect(summary.links.every((line) => line.inFlight >= 0)).toBe(true);
  });
});
