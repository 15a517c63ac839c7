// What a bus will not do: trust an old server off this machine, show a key where anybody listens,
// or let others speak through it. `127.1` is this machine, but does not look like it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NatsConnection, connect } from 'nats';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Bus, connectNatsBus, createNatsKey, spawnNatsServer } from '../../src/bus/index.js';
import { hashOf } from '../../src/bus/blob-store.js';
import { fakeNats } from './fake-nats.js';
import { until } from './hearing.js';

const AWAY = '127.1';
const buses: Bus[] = [];
afterEach(async () => {
  await Promise.all(buses.splice(0).map((bus) => bus.close()));
});

const opened = async (version: string, host: string, more = {}): Promise<string[]> => {
  const { port, stop } = await fakeNats(version);
  onTestFinished(stop);
  const warnings: string[] = [];
  const onOldServer = (says: string): void => void warnings.push(says);
  const how = { servers: `nats://${host}:${port}`, name: 'x', onOldServer, ...more };
  buses.push(await connectNatsBus(how));
  return warnings;
};

describe('a server with known holes', () => {
  it('is refused off this machine, in one clear error', async () => {
    await expect(opened('2.9.10', AWAY)).rejects.toThrow(
      /127\.1:\d+: nats-server 2\.9\.10 has known holes.*\n {2}Try: .*--allow-server 2\.9\.10/,
    );
  });

  it('serves off this machine when its version is allowed by name, and no other', async () => {
    expect(await opened('2.9.10', AWAY, { allowServer: '2.9.10' })).toEqual([]);
    await expect(opened('2.9.9', AWAY, { allowServer: '2.9.10' })).rejects.toThrow(/2\.9\.9 has/);
  });

  it('serves on this machine, with a warning', async () => {
    expect(await opened('2.9.10', '127.0.0.1')).toEqual([expect.stringMatching(/2\.9\.10 has/)]);
    expect(await opened('2.12.7', '127.0.0.1')).toEqual([]);
  });
});

it('a key is not shown off this machine without TLS', async () => {
  const home = mkdtempSync(join(tmpdir(), 'demiurge-trust-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const key = join(home, 'x.seed');
  writeFileSync(key, (await createNatsKey()).seed, { mode: 0o600 });
  const { port, heard, stop } = await fakeNats('2.12.7');
  onTestFinished(stop);
  const away = connectNatsBus({ servers: `nats://${AWAY}:${port}`, name: 'x', key });
  await expect(away).rejects.toThrow(/no NATS server can be reached/);
  expect(heard()).toBe('');
  buses.push(await connectNatsBus({ servers: `nats://127.0.0.1:${port}`, name: 'x', key }));
  expect(heard()).toMatch(/"sig":/);
});

describe('a server of our own', () => {
  it('lets in only who knows its token, which no argument tells', async () => {
    const server = await spawnNatsServer();
    onTestFinished(() => server.stop());
    const { port, username: token } = new URL(server.url);
    const servers = `nats://127.0.0.1:${port}`;
    await expect(connectNatsBus({ servers, name: 'x' })).rejects.toThrow(
      /refuses who comes without/,
    );
    const wrong = connectNatsBus({ servers: `nats://canary@127.0.0.1:${port}`, name: 'x' });
    await expect(wrong).rejects.toThrow(/^the NATS server at nats:\/\/127\S+ refuses that user\n/);
    buses.push(await connectNatsBus({ servers: server.url, name: 'x', key: 'not looked at' }));
    const args = readFileSync(`/proc/${server.pid}/cmdline`, 'latin1').split('\0');
    expect(args[args.indexOf('-a') + 1]).toBe('127.0.0.1');
    expect(args.join(' ')).not.toContain(token);
  });
});

it('says once that a server came back without this user, and is back when it may', async () => {
  const first = await spawnNatsServer();
  const { port, username: token } = new URL(first.url);
  const bus = await connectNatsBus({ servers: first.url, name: 'x' });
  buses.push(bus);
  const told: string[] = [];
  bus.onStatus(({ says }) => void told.push(says));
  await first.stop();
  const other = await spawnNatsServer({ port: Number(port) });
  await until(() => told.includes('the NATS server no longer knows this user; trying again'));
  await other.stop();
  const again = await spawnNatsServer({ port: Number(port), token });
  onTestFinished(() => again.stop());
  await until(() => told.some((says) => says.startsWith('back at')));
  expect(told).toHaveLength(3);
});

it('answers to inboxes only: nobody makes it speak on the subject of another', async () => {
  const server = await spawnNatsServer();
  const { port, username: token } = new URL(server.url);
  const raw: NatsConnection = await connect({ port: Number(port), token });
  onTestFinished(async () => {
    await raw.close();
    await server.stop();
  });
  const bus = await connectNatsBus({ servers: server.url, name: 'x', run: 'r' });
  buses.push(bus);
  const large = new Float32Array(2 ** 18).fill(0.5);
  const ask = `demiurge.r.blob.${hashOf(new Uint8Array(large.buffer))}`;
  const victim: unknown[] = [];
  raw.subscribe('demiurge.r.signal.victim.audio', { callback: (_, { data }) => victim.push(data) });
  const heard = new Promise<void>((resolve) => {
    raw.subscribe('demiurge.r.signal.x.audio', { max: 1, callback: () => resolve() });
  });
  await raw.flush();
  bus.publish('demiurge.r.signal.x.audio', large);
  await heard;
  raw.publish(ask, '0', { reply: 'demiurge.r.signal.victim.audio' });
  const { data } = await raw.request(ask, '0', { timeout: 2000 });
  expect(data.byteLength).toBe(512 * 1024);
  expect(victim).toEqual([]);
});
