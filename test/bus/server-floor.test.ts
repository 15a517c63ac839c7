import { expect, it } from 'vitest';
import { isLoopback, isSafeServer, shownAddress } from '../../src/bus/index.js';
import { refusedServer } from '../../src/bus/server-floor.js';

it.each(['2.11.16', '2.11.17', '2.12.7', '2.14.0', '2.15.0', '2.20.1', '3.0.0'])(
  'nats-server %s is safe',
  (version) => expect(isSafeServer(version)).toBe(true),
);

it.each(['2.9.10', '2.10.29', '2.11.15', '2.12.6', '2.13.9', '2.12.7-RC.1', '1.4.1', '', 'x'])(
  'nats-server %j is not known to be safe',
  (version) => expect(isSafeServer(version)).toBe(false),
);

it('says how old, where, and by what name it serves all the same', () => {
  expect(refusedServer('2.9.10', 'nats://stage:4222').message).toMatch(
    /^nats:\/\/stage:4222: nats-server 2\.9\.10 has .*2\.11\.16.*\n.*--allow-server 2\.9\.10/,
  );
});

it.each(['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])('%s is this machine alone', (host) =>
  expect(isLoopback(host)).toBe(true),
);

it.each(['0.0.0.0', '192.168.0.1', '127.0.0.1.example', 'localhost.example', '[::]', '1127.0.0.1'])(
  '%s may be anybody',
  (host) => expect(isLoopback(host)).toBe(false),
);

it('an address is shown without what lets in', () => {
  expect(shownAddress('nats://user:canary@host:4222')).toBe('nats://host:4222');
  expect(shownAddress('nats://canary@host')).toBe('nats://host');
  expect(shownAddress('/run/x.sock')).toBe('/run/x.sock');
});
