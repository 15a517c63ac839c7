import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Bus,
  type SpawnedServer,
  connectNatsBus,
  openBus,
  spawnNatsServer,
} from '../../src/bus/index.js';
import { busContract } from './contract.js';
import { gather, settled, until } from './hearing.js';

let server: SpawnedServer;

beforeAll(async () => {
  // Without an installed server this fails with the command that installs one: no silent skip.
  server = await spawnNatsServer();
});

afterAll(async () => {
  await server?.stop();
});

busContract('NATS', async (onError) => {
  const options = { servers: server.url, onError };
  const [bus, peer] = await Promise.all([
    connectNatsBus({ ...options, name: 'one' }),
    connectNatsBus({ ...options, name: 'two' }),
  ]);
  return { bus, peer };
});

const placeOf = (url: string): { port: number; token: string } => {
  const { port, username } = new URL(url);
  return { port: Number(port), token: username };
};

describe('a server that dies and comes back at its port', () => {
  const pair = async (url: string): Promise<[Bus, Bus]> =>
    Promise.all([
      connectNatsBus({ servers: url, name: 'speaker' }),
      connectNatsBus({ servers: url, name: 'listener' }),
    ]);

  test('costs counted gaps only, and both sides say what happened', async () => {
    const first = await spawnNatsServer();
    const [speaker, listener] = await pair(first.url);
    const heard = gather(listener, 'a');
    const place = listener.subscribe('a', {}, () => {});
    const states: string[] = [];
    listener.onStatus(({ state }) => states.push(state));
    await settled(listener, 'listener');
    let said = 0;
    const say = (): void => speaker.publish('a', ++said);
    say();
    await until(() => heard.length === 1);

    let isGone = false;
    speaker.onStatus(({ state }) => {
      isGone = state === 'disconnected';
    });
    process.kill(first.pid, 'SIGKILL');
    await until(() => isGone);
    for (let i = 0; i < 50; i++) say();
    const second = await spawnNatsServer(placeOf(first.url));
    await until(() => !isGone && states.includes('reconnected'));
    await settled(listener, 'again');
    say();
    await until(() => heard.at(-1)?.body === said);

    expect(heard.length + place.counts().gaps).toBe(said);
    expect(place.counts().gaps).toBeGreaterThanOrEqual(50);
    expect(states).toEqual(['disconnected', 'reconnected']);
    expect(listener.counts().reconnects).toBe(1);
    await Promise.all([speaker.drain(), listener.drain()]);
    await second.stop();
  });

  test('loses no count when the last words were the lost ones', async () => {
    const first = await spawnNatsServer();
    const [speaker, listener] = await pair(first.url);
    const place = listener.subscribe('a', {}, () => {});
    await settled(listener, 'listener');
    speaker.publish('a', 1);
    await until(() => place.counts().delivered === 1);
    process.kill(first.pid, 'SIGKILL');
    for (let i = 0; i < 3; i++) speaker.publish('a', i);
    const second = await spawnNatsServer(placeOf(first.url));
    await until(() => place.counts().gaps === 3);
    await Promise.all([speaker.close(), listener.close()]);
    await second.stop();
  });

  test('closing and draining end while it is gone', async () => {
    const only = await spawnNatsServer();
    const [speaker, listener] = await pair(only.url);
    await only.stop();
    speaker.publish('a', 1);
    await Promise.all([speaker.drain(), listener.close()]);
    expect(() => speaker.publish('a', 1)).toThrow(/takes nothing new/);
  });
});

test('a spawned bus revives its server when that is killed', async () => {
  const { bus, url, serverPid, stop } = await openBus('spawn', { name: 'run' });
  const other = await connectNatsBus({ servers: url as string, name: 'other' });
  const heard = gather(bus, 'a');
  let isBack = false;
  other.onStatus(({ state }) => {
    isBack = state === 'reconnected';
  });
  await settled(bus, 'run');
  process.kill(serverPid as number, 'SIGKILL');
  await until(() => isBack && bus.counts().reconnects === 1);
  await settled(bus, 'run');
  other.publish('a', 'again');
  await until(() => heard.length === 1);
  await other.close();
  await stop();
  await expect(connectNatsBus({ servers: url as string, name: 'late' })).rejects.toThrow(
    /no NATS server can be reached/,
  );
});
