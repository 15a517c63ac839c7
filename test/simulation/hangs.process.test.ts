// An agent that gives no answer is given up like a dead one: nobody waits for it for ever, neither
// a run that shall end nor the others.
import { describe, expect, it } from 'vitest';
import type { AnyAgentKind } from '../../src/agents/index.js';
import type { HappenedRecord, JournalRecord } from '../../src/archive/index.js';
import type { Scenario } from '../../src/scenarios/index.js';
import type { Progress, SwarmEvent } from '../../src/swarm/index.js';
import { faultyKind } from '../../src/testing/index.js';
import { casting, link, play, relay, scenario } from '../swarm/play.js';
import { breaches } from './breaches.js';
import stuck from './stuck-relay.js';

const links = [
  link('a', 'b'),
  link('b', 'c'),
  link('a', 'c'),
  link('c', 'b', { delaySamples: 5, laps: 2 }),
];

/** Three relays, of which the second is another. */
function pieceWith(b: ReturnType<typeof casting>, hangSeconds = 1): Scenario {
  const cast = [casting('a', { every: 0.01, count: 5 }), b, casting('c')];
  return scenario(cast, links, { supervision: { hangSeconds } });
}

/** A relay in a process of its own, with the given faults. */
function apart(id: string, faults: Record<string, readonly string[]> = {}) {
  const kindFile = new URL('./stuck-relay.ts', import.meta.url).pathname;
  return { ...casting(id, faults, stuck), isolation: 'process', kindFile } as const;
}

function told(records: readonly JournalRecord[], agent: string): string[] {
  const happened = records.filter((r): r is HappenedRecord => r.type === 'happened');
  return happened.filter((one) => one.agent === agent).map(({ what }) => what);
}

const crashes = (records: readonly JournalRecord[]): string[] =>
  records.flatMap((r) => (r.type === 'dropped' && r.reason === 'crash' ? [r.id] : []));

/** Stops the process of `b` once, when the run has got to a time. */
function stopping(time: number, stopped = (): void => {}): (event: SwarmEvent) => void {
  let done = false;
  return (event) => {
    if (done || event.type !== 'progress' || event.progress.time < time) return;
    const { pid } = event.progress.agents.find(({ id }) => id === 'b') as Progress['agents'][0];
    if (pid === undefined) return;
    done = true;
    stopped();
    process.kill(pid, 'SIGSTOP');
  };
}

describe('an agent that hangs', () => {
  it('is given up each time, by a seed, and the same run loses the same', async () => {
    const kind = faultyKind(relay, { seed: 3, hangs: 0.1 });
    const piece = pieceWith(casting('b', {}, kind), 0.3);
    const one = await play(piece, { durationSeconds: 0.25 });
    const two = await play(piece, { durationSeconds: 0.25 });
    expect(breaches({ piece, ...one })).toEqual([]);
    expect(two.summary.journal.digest).toEqual(one.summary.journal.digest);
    const hangs = told(one.records, 'b').filter((what) => what === 'hung').length;
    expect(hangs).toBeGreaterThan(1);
    expect(crashes(one.records)).toHaveLength(hangs);
    expect(crashes(two.records)).toEqual(crashes(one.records));
    expect(one.summary.agents[1]?.restarts).toBe(hangs);
    expect(one.summary.links[2]).toMatchObject({ sent: 5, dropped: 0 });
  });

  it.each(['hangs', 'loops'])('%s in a process of its own is killed with it', async (fault) => {
    const { summary, records } = await play(pieceWith(apart('b', { [fault]: ['a.2'] }), 0.5));
    expect(told(records, 'b')).toEqual(['hung', 'restarted']);
    expect(crashes(records)).toEqual(['a.2']);
    expect(summary.agents[1]?.emitted).toBeGreaterThanOrEqual(4);
  });

  it('is not heard when it answers after all', async () => {
    const late: (() => void)[] = [];
    const kind: AnyAgentKind = {
      ...relay,
      async receive(state, message, context) {
        if (late.length === 0) await new Promise<void>((resolve) => late.push(resolve));
        return relay.receive(state as number, message as never, context as never);
      },
    };
    const onEvent = ({ type }: SwarmEvent): void => {
      if (type === 'restarted') late[0]?.();
    };
    const piece = pieceWith(casting('b', {}, kind));
    const { summary, records } = await play(piece, { onEvent });
    expect(breaches({ piece, summary, records })).toEqual([]);
    expect(told(records, 'b')).toEqual(['hung', 'restarted']);
    expect(crashes(records)).toEqual(['a.1']);
  });

  it('holds no run open that shall end', async () => {
    const mute: AnyAgentKind = { ...relay, receive: () => new Promise<never>(() => {}) };
    const piece = { ...pieceWith(casting('b', {}, mute), 0.2), clock: 'real' } as const;
    const { summary } = await play(piece, { durationSeconds: 0.3 });
    expect(summary).toMatchObject({ reason: 'finished', logicalSeconds: 0.3 });
  });
});

describe('a process stopped with SIGSTOP', () => {
  it('is found within 3 s, is back within 6 s, and the others do not wait (fault 2)', async () => {
    const at: Partial<Record<'halted' | SwarmEvent['type'], number>> = {};
    const stop = stopping(500, () => (at.halted = performance.now()));
    const onEvent = (event: SwarmEvent): void => {
      at[event.type] ??= performance.now();
      stop(event);
    };
    const cast = [casting('a', { every: 0.1 }), apart('b'), casting('c')];
    const piece = scenario(cast, links, { supervision: { hangSeconds: 1.5 } });
    const began = performance.now();
    const account = await play(piece, { clock: 'real', durationSeconds: 8, onEvent });
    const { started = 0, halted = 0, hung = 0, restarted = 0 } = at;
    expect(hung - halted).toBeGreaterThan(1000);
    expect(hung - halted).toBeLessThan(3000);
    expect(restarted).toBeGreaterThan(hung);
    // On a machine that is busy with other things a start takes longer, the first one too.
    expect(restarted - halted).toBeLessThan(Math.max(6000, 3000 + 4 * (started - began)));
    expect(breaches({ piece, ...account })).toEqual([]);
    expect(account.summary.agents.map(({ restarts }) => restarts)).toEqual([0, 1, 0]);
    const last = account.records.findLast((r) => r.type === 'said' && r.from === 'b.out');
    expect(last?.time).toBeGreaterThan(7000);
  });

  it('keeps no checkpoint and no end waiting', async () => {
    const cast = [casting('a', { every: 0.1, count: 5 }), apart('b'), casting('c', { every: 0.1 })];
    const piece = scenario(cast, [link('a', 'b')], {
      supervision: { hangSeconds: 0.5, restarts: 0 },
    });
    const options = { clock: 'real', durationSeconds: 2 } as const;
    const at = { at: [1500] };
    const kept = await play(piece, { ...options, onEvent: stopping(900), checkpoints: at });
    expect(told(kept.records, 'b')).toEqual(['parked']);
    const ended = await play(piece, { ...options, onEvent: stopping(900), checkpoints: 'off' });
    expect(told(ended.records, 'b')).toEqual(['hung']);
  });
});
