import { expect, test } from 'vitest';
import { z } from 'zod';
import { type AnyAgentKind, defineAgent } from '../../src/agents/index.js';
import { type Audio, port } from '../../src/core/index.js';
import { kindContract } from '../../src/testing/index.js';

/** A kind that keeps every promise: it passes on what it hears, a copy at half the level. */
const sound = defineAgent({
  kind: 'sound',
  summary: 'Says what it hears at half the level.',
  params: z.object({}),
  inputs: { heard: port.audio('anything') },
  outputs: { said: port.audio('half of it') },
  start: (): number => 0,
  receive: (count, message) => {
    if (message.port === 'tick') return { state: count, emit: [] };
    const channels = message.signal.channels.map((channel) => channel.map((x) => x / 2));
    const signal = { ...message.signal, channels };
    return { state: count + 1, emit: [{ port: 'said', signal }] };
  },
});

/** The same kind with one fault. */
function faulty(receive: (message: { readonly signal: Audio }) => object): AnyAgentKind {
  return {
    ...sound,
    receive: (state: number, message: { readonly signal: Audio }) => ({
      state,
      emit: [{ port: 'said', signal: message.signal, ...receive(message) }],
    }),
  } as unknown as AnyAgentKind;
}

/** The promises that a kind breaks. */
async function broken(kind: AnyAgentKind): Promise<readonly string[]> {
  const names: string[] = [];
  for (const { name, run } of kindContract(kind)) {
    await run().catch(() => names.push(name));
  }
  return names;
}

test('a sound kind breaks no promise', async () => {
  expect(await broken(sound)).toEqual([]);
});

test('a kind that edits what it hears is caught', async () => {
  const edits = faulty(({ signal }) => {
    signal.channels[0]!.fill(0);
    return {};
  });
  expect(await broken(edits)).toContain('a sound edits nothing it hears');
});

test('a kind with a chance of its own is caught', async () => {
  let calls = 0;
  const moody = faulty(({ signal }) => ({
    signal: { ...signal, channels: [new Float32Array(++calls)] },
  }));
  expect(await broken(moody)).toContain('a sound says the same again under a seed');
});

test('a kind that cites what it never heard is caught', async () => {
  const liar = faulty(() => ({ parents: [{ id: 'nobody.7', lap: 0 }] }));
  expect(await broken(liar)).toContain('a sound cites only what it heard');
});

test('a kind that falls over a sound without samples is caught', async () => {
  const fragile = faulty(({ signal }) => {
    if (signal.channels[0]!.length === 0) throw new Error('nothing there');
    return {};
  });
  expect(await broken(fragile)).toContain('a sound bears no samples at heard');
});

test('a kind that says channels of different lengths is caught', async () => {
  const crooked = faulty(({ signal }) => ({
    signal: { ...signal, channels: [new Float32Array(3), new Float32Array(4)] },
  }));
  expect(await broken(crooked)).toContain('a sound bears a chirp at heard');
});

test('a kind that makes numbers that are none of good ones is caught', async () => {
  const divides = faulty(({ signal }) => ({
    signal: { ...signal, channels: signal.channels.map((channel) => channel.map((x) => x / 0)) },
  }));
  expect(await broken(divides)).toContain('a sound bears silence at heard');
});

test('a kind that speaks in the past is caught', async () => {
  expect(await broken(faulty(() => ({ after: -100_000 })))).toContain(
    'a sound bears noise at heard',
  );
});

test('a kind that says more in a step than the limits allow is caught', async () => {
  const floods = {
    ...sound,
    receive: (state: number, { signal }: { readonly signal: Audio }) => ({
      state,
      emit: Array.from({ length: 17 }, () => ({ port: 'said', signal })),
    }),
  } as unknown as AnyAgentKind;
  expect(await broken(floods)).toContain('a sound bears a chirp at heard');
});
