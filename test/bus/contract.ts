import { afterEach, describe, expect, test } from 'vitest';
import type { Bus, BusMessage } from '../../src/bus/index.js';
import { bodyContract } from './body-contract.js';
import { gather, settled, until } from './hearing.js';

/** Opens one bus as two speakers see it; for a bus inside one process both are the same. */
export type OpenForTest = (onError: (error: unknown, subject: string) => void) => Promise<{
  readonly bus: Bus;
  readonly peer: Bus;
}>;

const bodies = (messages: readonly BusMessage[]): unknown[] => messages.map(({ body }) => body);
const subjects = (messages: readonly BusMessage[]): string[] => messages.map((m) => m.subject);

/** What every bus must do, whatever carries it. */
export function busContract(name: string, openForTest: OpenForTest): void {
  const thrown: { error: unknown; subject: string }[] = [];
  const open: Bus[] = [];

  const opened = async (): Promise<{ bus: Bus; peer: Bus }> => {
    const { bus, peer } = await openForTest((error, subject) => thrown.push({ error, subject }));
    open.push(bus, peer);
    return { bus, peer };
  };

  afterEach(async () => {
    await Promise.all(open.splice(0).map((bus) => bus.close()));
    thrown.length = 0;
  });

  describe(`the ${name} bus`, () => {
    test('delivers a thousand messages of one publisher in order, numbered from 1', async () => {
      const { bus, peer } = await opened();
      const heard = gather(bus, 'demiurge.r.signal.a.out');
      await settled(bus, 'a');
      for (let i = 0; i < 1000; i++) peer.publish('demiurge.r.signal.a.out', i);
      await until(() => heard.length === 1000);
      expect(bodies(heard)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
      expect(heard.map(({ sequence }) => sequence)).toEqual(heard.map((_, i) => i + 1));
      expect(peer.counts().published).toBeGreaterThanOrEqual(1000);
    });

    test('never delivers before publish has returned', async () => {
      const { bus } = await opened();
      const heard = gather(bus, 'a');
      await settled(bus, 'a');
      bus.publish('a', 1);
      await Promise.resolve();
      expect(heard).toEqual([]);
      await until(() => heard.length === 1);
    });

    test('matches `*` with one word and `>` with at least one', async () => {
      const { bus, peer } = await opened();
      const patterns = [
        'a.*',
        'a.>',
        '>',
        '*.b',
        'a.b',
        '*',
        'a.*.c',
        '*.*.>',
        'a*',
        '*a.b',
        'a.b>',
      ];
      const heard = patterns.map((pattern) => gather(bus, pattern));
      await settled(bus, 'a');
      for (const subject of ['a', 'a.b', 'a.b.c', 'x.b', 'a*', '*a.b', 'a.b>', 'end']) {
        peer.publish(subject, null);
      }
      const everything = heard[2] as BusMessage[];
      await until(() => everything.at(-1)?.subject === 'end');
      const expected = [
        ['a.b', 'a.b>'],
        ['a.b', 'a.b.c', 'a.b>'],
        ['a', 'a.b', 'a.b.c', 'x.b', 'a*', '*a.b', 'a.b>', 'end'],
        ['a.b', 'x.b', '*a.b'],
        ['a.b'],
        ['a', 'a*', 'end'],
        ['a.b.c'],
        ['a.b.c'],
        ['a*'],
        ['*a.b'],
        ['a.b>'],
      ];
      await until(() => heard.every((list, i) => list.length >= (expected[i] ?? []).length));
      expect(
        heard.map(subjects).map((list) => list.filter((s) => !s.startsWith('settled'))),
      ).toEqual(expected);
    });

    test('refuses what is no subject and what is no pattern', async () => {
      const { bus } = await opened();
      for (const bad of ['', 'a..b', '.a', 'a.', 'a b', 'a\n', 'a.*', '>', 'a.>']) {
        expect(() => bus.publish(bad, 1), bad).toThrow(/is not a subject/);
      }
      for (const bad of ['', 'a..b', 'a b', '>.a', 'a.>.b']) {
        expect(() => bus.subscribe(bad, {}, () => {}), bad).toThrow(/is not a subject pattern/);
      }
      expect(() => bus.subscribe('a', { queue: 'a b' }, () => {})).toThrow(/one word/);
      expect(() => bus.subscribe('a', { capacity: 0 }, () => {})).toThrow(/room for 0/);
    });

    test('gives each message to one member of a queue group, whatever its pattern', async () => {
      const { bus, peer } = await opened();
      const one = gather(bus, 'work.*', { queue: 'hands' });
      const two = gather(bus, 'work.>', { queue: 'hands' });
      const other = gather(bus, 'work.*', { queue: 'eyes' });
      const alone = gather(bus, 'work.*');
      await settled(bus, 'a');
      for (let i = 0; i < 200; i++) peer.publish('work.now', i);
      await until(() => alone.length === 200 && other.length === 200);
      await until(() => one.length + two.length >= 200);
      const shared = [...bodies(one), ...bodies(two)].sort((a, b) => Number(a) - Number(b));
      expect(shared).toEqual(bodies(alone));
      expect(Math.min(one.length, two.length)).toBeGreaterThan(0);
    });

    test('bounds the queue of a subscriber by its rule, and counts what it drops', async () => {
      const { bus, peer } = await opened();
      const rules = ['drop-oldest', 'drop-newest', 'keep-latest'] as const;
      const held = rules.map((overflow) => {
        const heard: unknown[] = [];
        const place = bus.subscribe('a', { capacity: 4, overflow }, (m) => heard.push(m.body));
        return { heard, place };
      });
      await settled(bus, 'a');
      for (let i = 0; i < 10; i++) peer.publish('a', i);
      await until(() =>
        held.every(({ place }) => place.counts().pending === 0 && sum(place) === 10),
      );
      for (const { heard, place } of held) {
        expect(place.counts().delivered).toBe(heard.length);
        expect([...heard].sort((a, b) => Number(a) - Number(b))).toEqual(heard);
      }
    });

    test('goes on after a subscriber throws, and says what was thrown where', async () => {
      const { bus } = await opened();
      bus.subscribe('a.>', {}, () => {
        throw new RangeError('a false note');
      });
      const heard = gather(bus, 'a.b');
      await settled(bus, 'x');
      for (let i = 0; i < 3; i++) bus.publish('a.b', i);
      await until(() => heard.length === 3 && thrown.length === 3);
      expect(thrown[0]?.subject).toBe('a.b');
      expect(thrown[0]?.error).toEqual(new RangeError('a false note'));
    });

    test('lets timers run while two subscribers answer each other without end', async () => {
      const { bus } = await opened();
      let laps = 0;
      bus.subscribe('ping', {}, ({ body }) => {
        laps++;
        if (laps < 1e7) bus.publish('pong', body);
      });
      bus.subscribe('pong', {}, ({ body }) => bus.publish('ping', body));
      bus.publish('ping', 0);
      let ticks = 0;
      while (ticks < 5) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        ticks++;
      }
      await until(() => laps > 100);
      laps = 1e7;
      expect(ticks).toBe(5);
    });

    test('delivers nothing to a subscription that was closed', async () => {
      const { bus } = await opened();
      const heard: unknown[] = [];
      const place = bus.subscribe('a', {}, () => heard.push(1));
      const still = gather(bus, 'a');
      await settled(bus, 'a');
      await place.close();
      await place.close();
      bus.publish('a', 1);
      await until(() => still.length === 1);
      expect(heard).toEqual([]);
    });

    test('drains: delivers what was accepted, then refuses everything', async () => {
      const { bus } = await opened();
      const heard = gather(bus, 'a');
      const states: string[] = [];
      bus.onStatus(({ state }) => states.push(state));
      await settled(bus, 'a');
      for (let i = 0; i < 500; i++) bus.publish('a', i);
      const drained = bus.drain();
      expect(() => bus.publish('a', 500)).toThrow(/takes nothing new/);
      await drained;
      expect(heard.length).toBe(500);
      expect(() => bus.subscribe('a', {}, () => {})).toThrow(/takes nothing new/);
      await bus.drain();
      await bus.close();
      expect(states).toEqual(['closed']);
    });

    bodyContract(opened);
  });
}

function sum(place: { counts(): { delivered: number; overflowed: number } }): number {
  const { delivered, overflowed } = place.counts();
  return delivered + overflowed;
}
