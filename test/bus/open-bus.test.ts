import { expect, test } from 'vitest';
import { UserError } from '../../src/core/index.js';
import { isBusSpec, openBus } from '../../src/bus/index.js';

test('opens the bus of this process', async () => {
  const { bus, url, stop } = await openBus('embedded', { name: 'x' });
  expect([bus.kind, url]).toEqual(['embedded', undefined]);
  await stop();
  expect(() => bus.publish('a', 1)).toThrow(/takes nothing new/);
});

test.each([
  '',
  'nats',
  'nats://',
  'nats://a b',
  'http://x',
  'NATS://x:1',
  'nats://x:1/path',
  'spawned',
])('refuses %j with what would be right', async (spec) => {
  expect(isBusSpec(spec)).toBe(false);
  const error = await openBus(spec, { name: 'x' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toMatch(/names no bus.*`embedded`, `spawn` or `nats:\/\/host:port`/);
});

test.each([
  'embedded',
  'spawn',
  'nats://127.0.0.1:4222',
  'nats://user:word@host',
  'nats://[::1]:4222',
])('knows %s', (spec) => {
  expect(isBusSpec(spec)).toBe(true);
});
