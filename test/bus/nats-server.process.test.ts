import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { UserError } from '../../src/core/index.js';
import { connectNatsBus, findNatsServer, openBus, spawnNatsServer } from '../../src/bus/index.js';
import { until } from './hearing.js';

const DOOR = new URL('../../src/bus/index.ts', import.meta.url).href;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Nobody may be there to collect it: what has ended but still has a number has no command line.
  return existsSync(`/proc/${pid}`) ? hasMemory(pid) : true;
};

function hasMemory(pid: number): boolean {
  return existsSync(`/proc/${pid}/exe`);
}

test('finds the installed server and its version', () => {
  const found = findNatsServer();
  if (found === undefined) throw new Error('install one: npm run setup');
  expect(found.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(findNatsServer({ DEMIURGE_NATS_SERVER: found.path })).toEqual(found);
});

test('finds nothing where a named file is no server', () => {
  expect(findNatsServer({ DEMIURGE_NATS_SERVER: '/no/such/file' })).toBeUndefined();
  expect(findNatsServer({ DEMIURGE_NATS_SERVER: process.execPath })).toBeUndefined();
});

test('accepts connections when it says so, on the loopback, and is gone when stopped', async () => {
  const server = await spawnNatsServer();
  expect(server.url).toMatch(/^nats:\/\/t[0-9a-f]{48}@127\.0\.0\.1:\d+$/);
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await new Promise((resolve) => socket.once('data', resolve));
  socket.destroy();
  await server.stop();
  await server.stop();
  await until(() => !isAlive(server.pid));
});

test('a taken port is one clear error', async () => {
  const server = await spawnNatsServer();
  const port = Number(new URL(server.url).port);
  await expect(spawnNatsServer({ port })).rejects.toThrow(/nats-server cannot start: .*in use/);
  await server.stop();
});

test('a missing server is one clear error with the command that mends it', async () => {
  const before = process.env['DEMIURGE_NATS_SERVER'];
  process.env['DEMIURGE_NATS_SERVER'] = '/no/such/file';
  try {
    const error = await openBus('spawn', { name: 'x' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toMatch(/no nats-server.*\n.*npm run setup.*apt-get install nats-server/);
  } finally {
    if (before === undefined) delete process.env['DEMIURGE_NATS_SERVER'];
    else process.env['DEMIURGE_NATS_SERVER'] = before;
  }
});

test('a wrong address is one clear error', async () => {
  const servers = 'nats://127.0.0.1:1';
  await expect(connectNatsBus({ servers, name: 'x' })).rejects.toThrow(
    /no NATS server can be reached at nats:\/\/127\.0\.0\.1:1/,
  );
});

test.each(['SIGKILL', 'SIGTERM'] as const)('dies with a parent that %s ends', async (signal) => {
  const code = `
    const { openBus } = await import('${DOOR}');
    const { bus, serverPid } = await openBus('spawn', { name: 'parent' });
    process.stdout.write(serverPid + '\\n');
    setInterval(() => bus.publish('a', 1), 100);`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', code];
  const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
  expect(isAlive(pid)).toBe(true);
  parent.kill(signal);
  await until(() => !isAlive(pid));
});
