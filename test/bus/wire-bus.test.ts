import { expect, test } from 'vitest';
import type { Bus } from '../../src/bus/index.js';
import { createMemoryBlobStore } from '../../src/bus/index.js';
import { encodeFrame } from '../../src/bus/codec.js';
import { createWireBus } from '../../src/bus/wire-bus.js';
import { busContract } from './contract.js';
import { gather, until } from './hearing.js';
import { FakeServer } from './fake-line.js';

busContract('wire', async (onError) => {
  const server = new FakeServer();
  const bus = createWireBus(server.line(), { run: 'r', onError });
  return { bus, peer: bus };
});

const wired = (server: FakeServer, errors: unknown[] = []): Bus =>
  createWireBus(server.line(), { run: 'r', onError: (error) => errors.push(error) });

test('counts what was said while the server was gone, once the next arrives', async () => {
  const server = new FakeServer();
  const [speaker, listener] = [wired(server), wired(server)];
  const heard = gather(listener, 'a');
  const place = listener.subscribe('a', {}, () => {});
  speaker.publish('a', 1);
  server.turn(false);
  for (const body of [2, 3, 4]) speaker.publish('a', body);
  server.turn(true);
  speaker.publish('a', 5);
  await until(() => heard.length === 2);
  expect(heard.map(({ body, sequence }) => [body, sequence])).toEqual([
    [1, 1],
    [5, 5],
  ]);
  expect(place.counts().gaps).toBe(3);
  expect(listener.counts()).toEqual({ published: 0, reconnects: 1, gaps: 6 });
});

test('counts a lost last message too, because tallies follow it', () => {
  const server = new FakeServer();
  const [speaker, listener] = [wired(server), wired(server)];
  const place = listener.subscribe('a', {}, () => {});
  speaker.publish('a', 1);
  server.turn(false);
  speaker.publish('a', 2);
  server.tick();
  server.turn(true);
  expect(place.counts().gaps).toBe(0);
  for (let second = 0; second < 5; second++) server.tick();
  expect(place.counts()).toMatchObject({ gaps: 1, pending: 1 });
});

test('stops telling tallies of a subject that has fallen silent', () => {
  const server = new FakeServer();
  const line = server.line();
  const bus = createWireBus(line, { run: 'r' });
  bus.publish('a', 1);
  for (let second = 0; second < 10; second++) server.tick();
  expect(line.sent.length).toBe(1 + 3);
});

test('counts no gap for one who joins late, and none for members of a queue group', async () => {
  const server = new FakeServer();
  const bus = wired(server);
  for (let i = 0; i < 5; i++) bus.publish('a', i);
  const late = bus.subscribe('a', {}, () => {});
  bus.publish('a', 5);
  expect(late.counts().gaps).toBe(0);
  const member = bus.subscribe('a', { queue: 'q' }, () => {});
  bus.publish('a', 6);
  server.turn(false);
  bus.publish('a', 7);
  server.turn(true);
  bus.publish('a', 8);
  expect(member.counts().gaps).toBe(0);
  expect(late.counts().gaps).toBe(1);
});

test('gives up a message whose array nobody has, counts it, and goes on in order', async () => {
  const server = new FakeServer();
  const listener = wired(server);
  const heard = gather(listener, 'a');
  const line = server.line();
  const missing = () => ({
    hash: 'f'.repeat(64),
    array: 'Float32Array',
    bytes: 2 ** 20,
    ask: `demiurge.r.blob.${'f'.repeat(64)}`,
  });
  const large = { samples: new Float32Array(2 ** 18) };
  line.send('a', encodeFrame({ publisher: 'p', sequence: 1, body: large }, missing));
  line.send('a', encodeFrame({ publisher: 'p', sequence: 2, body: 'next' }));
  await until(() => heard.length === 1);
  expect(heard[0]?.body).toBe('next');
  expect(listener.counts().gaps).toBe(1);
});

test('gives up an array whose bytes are not those of its hash', async () => {
  const server = new FakeServer();
  const listener = wired(server);
  const heard = gather(listener, 'a');
  const liar = server.line();
  const hash = 'e'.repeat(64);
  const ask = `demiurge.r.blob.${hash}`;
  liar.listen(ask, undefined, {
    hear: (question) => question.respond(new Uint8Array(1024)),
    refused: () => {},
  });
  const ref = () => ({ hash, array: 'Float32Array', bytes: 2 ** 20, ask });
  const body = new Float32Array(2 ** 18);
  liar.send('a', encodeFrame({ publisher: 'p', sequence: 1, body }, ref));
  await until(() => listener.counts().gaps === 1);
  expect(heard).toEqual([]);
});

test('fetches an array once for all the subscriptions of a process', async () => {
  const server = new FakeServer();
  const [speaker, listener] = [wired(server), wired(server)];
  const lists = [gather(listener, 'a'), gather(listener, 'a'), gather(listener, '*')];
  let questions = 0;
  server.line().listen('demiurge.r.blob.*', undefined, {
    hear: () => questions++,
    refused: () => {},
  });
  speaker.publish('a', new Float32Array(2 ** 20).fill(0.25));
  await until(() => lists.every((list) => list.length === 1));
  expect(questions).toBe((4 * 2 ** 20) / (512 * 1024));
  const [first, second] = lists.map((list) => list[0]?.body as Float32Array);
  expect([first?.length, second?.length]).toEqual([2 ** 20, 2 ** 20]);
  expect([first?.at(-1), second?.at(-1)]).toEqual([0.25, 0.25]);
  expect(first?.buffer).not.toBe(second?.buffer);
});

test('keeps large arrays in the store it was given', async () => {
  const server = new FakeServer();
  const blobs = createMemoryBlobStore();
  const bus = createWireBus(server.line(), { run: 'r', blobs });
  const samples = new Float32Array(2 ** 18).fill(0.5);
  bus.publish('a', samples);
  const hash = blobs.put(new Uint8Array(samples.buffer));
  expect((await blobs.get(hash))?.byteLength).toBe(samples.byteLength);
});

test('refuses a message that is too large without its arrays, and counts nothing for it', () => {
  const bus = wired(new FakeServer());
  expect(() => bus.publish('a', 'x'.repeat(2 ** 21))).toThrow(/too large for the NATS server/);
  expect(bus.counts().published).toBe(0);
});

test('refuses foreign bytes and newer frames with one clear error each, and goes on', async () => {
  const server = new FakeServer();
  const errors: unknown[] = [];
  const listener = wired(server, errors);
  const heard = gather(listener, 'a');
  const line = server.line();
  line.send('a', Buffer.from('hello'));
  line.send('a', Buffer.from('a36176026970', 'hex'));
  line.send('a', encodeFrame({ publisher: 'p', sequence: 1, body: 'sound' }));
  await until(() => heard.length === 1);
  expect(errors.map(String)).toEqual([
    expect.stringMatching(/is not a frame of Demiurge/),
    expect.stringMatching(/is not a frame of Demiurge/),
  ]);
  expect(listener.counts().gaps).toBe(2);
});

test('stays after draining while others still fetch what it said last', async () => {
  const server = new FakeServer();
  const [speaker, listener] = [wired(server), wired(server)];
  const heard = gather(listener, 'a');
  speaker.publish('a', new Float32Array(2 ** 20).fill(0.25));
  await speaker.drain();
  await until(() => heard.length === 1);
  expect(listener.counts().gaps).toBe(0);
});

test('closes with its line', () => {
  const server = new FakeServer();
  const line = server.line();
  const bus = createWireBus(line, { run: 'r' });
  const said: string[] = [];
  bus.onStatus(({ says }) => said.push(says));
  line.tell({ state: 'closed', says: 'the server threw us out' });
  expect(said[0]).toBe('the server threw us out');
  expect(() => bus.publish('a', 1)).toThrow(/takes nothing new/);
});

test('tells once of each subject on which the server does not let it speak', () => {
  const server = new FakeServer();
  const line = server.line();
  const errors: string[] = [];
  const onError = (error: unknown, subject: string): void => {
    errors.push(`${subject}: ${(error as Error).message}`);
  };
  createWireBus(line, { run: 'r', onError });
  for (let n = 0; n < 100; n++) line.refuse('demiurge.r.signal.una.mel');
  line.refuse('demiurge.r.control.baton');
  const may = 'the NATS server does not let this process speak';
  expect(errors).toEqual([
    `demiurge.r.signal.una.mel: ${may} as una`,
    `demiurge.r.control.baton: ${may} of control`,
  ]);
});
