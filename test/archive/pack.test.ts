import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ArrayStore, pack, unpack } from '../../src/archive/index.js';

const home = mkdtempSync(join(tmpdir(), 'demiurge-pack-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const arrays = new ArrayStore([join(home, 'blobs')]);
const through = (value: unknown): unknown =>
  unpack(JSON.parse(JSON.stringify(pack(value, arrays))), arrays);

const key = fc.string().filter((name) => name !== '$' && name !== '__proto__');
const { state } = fc.letrec<{ state: unknown }>((tie) => ({
  state: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.boolean(),
    fc.double(),
    fc.constantFrom(null, undefined, -0, Number.POSITIVE_INFINITY, Number.NaN),
    fc.float32Array(),
    fc.float64Array({ maxLength: 80 }),
    fc.uint8Array({ maxLength: 400 }),
    fc.array(tie('state')),
    fc.dictionary(key, tie('state')).map((dictionary) => ({ ...dictionary })),
    fc.array(tie('state')).map((all) => new Set(all)),
    fc.array(fc.tuple(fc.string(), tie('state'))).map((all) => new Map(all)),
  ),
}));

describe('the state of an agent, packed', () => {
  it('is the same again, whatever plain data it is', () => {
    fc.assert(
      fc.property(state, (value) => {
        expect(through(value)).toStrictEqual(value);
      }),
    );
  });

  it('gives the same text for the same data', () => {
    const text = (value: unknown): string => JSON.stringify(pack(value, arrays));
    fc.assert(
      fc.property(state, (value) => {
        expect(text(structuredClone(value))).toBe(text(value));
      }),
    );
  });

  it('keeps a large array once, by its hash, wherever its bytes lie', () => {
    const folder = join(home, 'once');
    const store = new ArrayStore([folder]);
    const long = Float32Array.from({ length: 1001 }, (_, i) => i / 7).subarray(1);
    const packed = pack({ a: long, b: long.slice(), c: [long] }, store);
    expect(
      readdirSync(folder, { recursive: true }).filter((f) => String(f).includes('.')),
    ).toHaveLength(1);
    expect(unpack(packed, store)).toEqual({ a: long, b: long, c: [long] });
  });

  it('writes nothing that a run it came from holds already', () => {
    const [before, now] = [join(home, 'before'), join(home, 'now')];
    const long = new Float32Array(5000).fill(0.25);
    new ArrayStore([before]).keep(long);
    const hash = new ArrayStore([now, before]).keep(long);
    expect(() => readdirSync(now)).toThrow('ENOENT');
    expect(new ArrayStore([now, before]).find(hash)).toHaveLength(20_000);
  });

  it.each([
    [
      'a class',
      { memory: [new (class Memory {})()] },
      'memory.0: a checkpoint cannot keep a Memory',
    ],
    ['a function', { now: () => 1 }, 'now: a checkpoint cannot keep a function'],
    ['a field that would be read as a mark', { $: 1 }, 'a field named $'],
  ])('refuses %s, and says where it is', (_, value, says) => {
    expect(() => pack(value, arrays)).toThrow(says);
  });
});
