import { describe, expect, it } from 'vitest';
import type { Death, Entrance, Performer } from '../../../src/swarm/performer.js';
import type { Memories, Memory } from '../../../src/swarm/checkpoint/memory.js';
import { Seat } from '../../../src/swarm/seat.js';
import { Supervisor } from '../../../src/swarm/supervisor.js';
import type { SwarmEvent } from '../../../src/swarm/swarm-event.js';

/** A seat whose process dies when told to, watched by a supervisor that allows so many deaths. */
function watched(restarts: number, memory?: Memory) {
  const entrances: (Entrance | undefined)[] = [];
  let die = (_death: Death): void => {};
  const performer: Performer = {
    pid: 1,
    start: async (entrance) => void entrances.push(entrance),
    save: () => Promise.reject(new Error('nothing to keep')),
    receive: () => Promise.reject(new Error('nothing to receive')),
    stop: async () => {},
    onDeath: (listener) => (die = listener),
  };
  const seat = new Seat({ id: 'a', kind: 'k', rank: 0, outputs: {}, models: [], performer });
  const events: string[] = [];
  let told = (): void => {};
  const notify = (event: SwarmEvent): void => {
    events.push(event.type);
    told();
  };
  const policy = { restarts, windowSeconds: 60, shelveAfter: 2 };
  const chronicle = { happened: () => {} } as never;
  const memories = { of: () => memory } as unknown as Memories;
  const pace = { pauseSecondsMax: 10, sampleRate: 1000 };
  const parts = { policy, ...pace, memories, chronicle, notify, poke: () => {} };
  const supervisor = new Supervisor(seat, parts);
  const next = (): Promise<void> => new Promise((resolve) => (told = resolve));
  return {
    seat,
    supervisor,
    events,
    entrances,
    next,
    die: (says: string) => die({ how: 'died', says }),
  };
}

describe('a supervisor', () => {
  it('counts no death that was asked for', async () => {
    const { seat, supervisor, events, next, die } = watched(0);
    supervisor.expectDeath();
    die('SIGKILL');
    await next();
    expect(events).toEqual(['died', 'restarted']);
    expect(seat.health).toBe('up');
    die('SIGKILL');
    expect(seat.health).toBe('parked');
  });

  it('starts a parked agent again with a clean record', async () => {
    const { seat, supervisor, events, next, die } = watched(1);
    die('first');
    await next();
    die('second');
    expect(seat.health).toBe('parked');
    supervisor.revive();
    await next();
    expect(seat.health).toBe('up');
    die('third');
    await next();
    expect(events).toEqual(['died', 'restarted', 'parked', 'restarted', 'died', 'restarted']);
    supervisor.stop();
  });

  it('gives back what is remembered, but not to one that dies of it again and again', async () => {
    const { entrances, supervisor, next, die } = watched(2, { time: 500, state: { n: 1 } });
    die('first');
    await next();
    die('second');
    await next();
    expect(entrances).toEqual([{ now: 0, state: { n: 1 } }, { now: 0 }]);
    supervisor.stop();
  });

  it('gives back nothing to one that was asked to begin anew', async () => {
    const { entrances, supervisor, next, die } = watched(2, { time: 500, state: { n: 1 } });
    supervisor.expectDeath();
    die('SIGKILL');
    await next();
    die('by itself');
    await next();
    expect(entrances).toEqual([{ now: 0 }, { now: 0, state: { n: 1 } }]);
    supervisor.stop();
  });
});
