import { expect, test } from 'vitest';
import type { Bus } from '../../src/bus/index.js';
import { gather, settled, until } from './hearing.js';

/** What every bus must do with what it carries. */
export function bodyContract(opened: () => Promise<{ bus: Bus; peer: Bus }>): void {
  test('gives every subscriber a copy of its own, taken when it was published', async () => {
    const { bus, peer } = await opened();
    const first = gather(bus, 'a');
    const second = gather(bus, 'a');
    await settled(bus, 'a');
    const body = { deep: { list: [1, 2] }, samples: Float32Array.of(1, 2, 3) };
    peer.publish('a', body);
    body.samples[0] = 99;
    body.deep.list.push(3);
    await until(() => first.length === 1 && second.length === 1);
    const mine = first[0]?.body as typeof body;
    mine.samples[1] = 77;
    mine.deep.list[0] = 77;
    const theirs = second[0]?.body as typeof body;
    expect(theirs).toEqual({ deep: { list: [1, 2] }, samples: Float32Array.of(1, 2, 3) });
    expect(theirs.samples.buffer).not.toBe(mine.samples.buffer);
  });

  test('carries records, lists, numbers and every kind of typed array unchanged', async () => {
    const { bus, peer } = await opened();
    const heard = gather(bus, 'a');
    await settled(bus, 'a');
    const body = {
      text: 'Borges – “Babel” 🎻',
      numbers: [0, -1, 2 ** 31, 2 ** 53 - 1, -(2 ** 40), 0.1, 1e300, Infinity, NaN],
      nothing: null,
      missing: undefined,
      yes: true,
      empty: { list: [], record: {}, array: new Float32Array(0) },
      arrays: [
        Float32Array.of(0.5, NaN, -0),
        Float64Array.of(Math.PI),
        Int8Array.of(-1),
        Int16Array.of(-300),
        Int32Array.of(-70_000),
        Uint8Array.of(255),
        Uint8ClampedArray.of(255),
        Uint16Array.of(65_535),
        Uint32Array.of(4_000_000_000),
      ],
    };
    peer.publish('a', body);
    await until(() => heard.length === 1);
    expect(heard[0]?.body).toStrictEqual(body);
  });

  test('refuses bodies that cannot travel, and counts nothing for them', async () => {
    const { bus } = await opened();
    const knot: Record<string, unknown> = {};
    knot['self'] = knot;
    const bad = [() => 1, Symbol('x'), 1n, new Map(), new Date(0), knot, new BigInt64Array(1)];
    for (const body of [...bad, JSON.parse('{"__proto__":1}') as unknown]) {
      expect(() => bus.publish('a', { body })).toThrow(/cannot travel/);
    }
    const heard = gather(bus, 'a');
    await settled(bus, 'a');
    bus.publish('a', 1);
    await until(() => heard.length === 1);
    expect(heard[0]?.sequence).toBe(1);
  });

  test('carries five megabytes of audio whole, in its place between small messages', async () => {
    const { bus, peer } = await opened();
    const heard = gather(bus, 'sound');
    await settled(bus, 'a');
    const samples = Float32Array.from({ length: 1_310_720 }, (_, i) => Math.sin(i / 50));
    peer.publish('sound', 'before');
    peer.publish('sound', { sampleRate: 44_100, channels: [samples, new Float32Array(8)] });
    peer.publish('sound', 'after');
    await until(() => heard.length === 3);
    expect([heard[0]?.body, heard[2]?.body]).toEqual(['before', 'after']);
    const audio = heard[1]?.body as { sampleRate: number; channels: Float32Array[] };
    expect(Buffer.compare(Buffer.from(samples.buffer), bytesOf(audio.channels[0]))).toBe(0);
    expect(audio.channels[1]).toEqual(new Float32Array(8));
  });
}

function bytesOf(samples: Float32Array | undefined): Buffer {
  expect(samples).toBeInstanceOf(Float32Array);
  return Buffer.from((samples as Float32Array).buffer);
}
