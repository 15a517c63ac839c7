import { describe, expect, it } from 'vitest';
import { controlSubject, matches, signalSubject, telemetrySubject } from '../../src/bus/index.js';
import { busUsers } from '../../src/swarm/index.js';
import type { BusUser } from '../../src/swarm/index.js';
import { casting, link, scenario } from './play.js';

const piece = scenario(
  [casting('a', { every: 0.05 }), casting('b', { turns: 2 }), casting('c')],
  [link('a', 'b'), link('b', 'c'), link('c', 'a', { delaySamples: 40 })],
);
const RUN = 'abcd1234';
const OUT = piece.topology.links[0]?.from.port as string;

const named = (name: string, users: readonly BusUser[]): BusUser => {
  const user = users.find((one) => one.name === name);
  if (user === undefined) throw new Error(`nobody is called ${name}`);
  return user;
};
const may = (user: BusUser, what: 'publish' | 'subscribe', subject: string): boolean =>
  user.rights[what].some((pattern) => matches(pattern, subject));

describe('users of a bus', () => {
  it('are one engine, each agent alone, a watcher and a controller', () => {
    const names = busUsers(piece, [], '*').map(({ name }) => name);
    expect(names).toEqual(['engine', 'agent-a', 'agent-b', 'agent-c', 'watcher', 'controller']);
  });

  it('an agent speaks as itself, and hears what its links bring', () => {
    const b = named('agent-b', busUsers(piece, [], '*'));
    expect(may(b, 'publish', signalSubject(RUN, 'b', OUT))).toBe(true);
    expect(may(b, 'subscribe', signalSubject(RUN, 'a', OUT))).toBe(true);
    for (const other of ['a', 'c']) {
      expect(may(b, 'publish', signalSubject(RUN, other, OUT))).toBe(false);
    }
    expect(may(b, 'subscribe', signalSubject(RUN, 'c', OUT))).toBe(false);
    expect(may(b, 'publish', controlSubject(RUN, 'baton'))).toBe(false);
    expect(may(b, 'publish', controlSubject(RUN, 'request'))).toBe(false);
    expect(may(b, 'publish', telemetrySubject(RUN, 'state'))).toBe(false);
    expect(may(b, 'subscribe', telemetrySubject(RUN, 'state'))).toBe(false);
    expect(may(b, 'subscribe', controlSubject(RUN, 'baton'))).toBe(true);
  });

  it('who watches hears telemetry and no sound; another key is needed to steer', () => {
    const users = busUsers(piece, [], '*');
    const [watcher, controller] = [named('watcher', users), named('controller', users)];
    for (const user of [watcher, controller]) {
      expect(may(user, 'subscribe', telemetrySubject(RUN, 'state'))).toBe(true);
      expect(may(user, 'subscribe', signalSubject(RUN, 'a', OUT))).toBe(false);
      expect(may(user, 'publish', controlSubject(RUN, 'baton'))).toBe(false);
      expect(user.rights.asks).toBe(false);
    }
    expect(may(watcher, 'publish', controlSubject(RUN, 'request'))).toBe(false);
    expect(may(controller, 'publish', controlSubject(RUN, 'request'))).toBe(true);
  });

  it('keys for one run serve no other', () => {
    const engine = named('engine', busUsers(piece, [], RUN));
    expect(may(engine, 'publish', signalSubject(RUN, 'a', OUT))).toBe(true);
    expect(may(engine, 'publish', signalSubject('other123', 'a', OUT))).toBe(false);
  });

  it('engines share the agents out, and the first conducts', () => {
    const groups = [
      { name: 'left', agents: ['a', 'c'] },
      { name: 'right', agents: ['b'] },
    ];
    const users = busUsers(piece, groups, '*');
    expect(users.map(({ name }) => name)).toEqual(['left', 'right', 'watcher', 'controller']);
    const [left, right] = [named('left', users), named('right', users)];
    expect(may(left, 'publish', controlSubject(RUN, 'baton'))).toBe(true);
    expect(may(right, 'publish', controlSubject(RUN, 'baton'))).toBe(false);
    expect(may(left, 'publish', signalSubject(RUN, 'b', OUT))).toBe(false);
  });

  it.each([
    [[['left', 'a,b']], /no engine plays c/],
    [
      [
        ['left', 'a,b'],
        ['right', 'b,c'],
      ],
      /two engines would play b/,
    ],
    [[['left', 'a,b,c,d']], /no agent of the scenario is called d/],
    [[['watcher', 'a,b,c']], /two users would have the name watcher/],
  ])('groups %j are refused', (groups, says) => {
    const engines = groups.map(([name = '', agents = '']) => ({ name, agents: agents.split(',') }));
    expect(() => busUsers(piece, engines, '*')).toThrow(says);
  });
});
