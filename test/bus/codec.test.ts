import { Encoder, Tag } from 'cbor-x';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/core/index.js';
import { copyBody } from '../../src/bus/index.js';
import { hashOf } from '../../src/bus/blob-store.js';
import { type BlobRef, decodeFrame, encodeFrame, encodeTally } from '../../src/bus/codec.js';
import { arbitraryEnvelope } from './arbitrary-envelope.js';

const raw = new Encoder({ useRecords: false, mapsAsObjects: true, variableMapSize: true });
const stamp = { publisher: 'p', sequence: 3 };

function open(bytes: Uint8Array, fetched: ReadonlyMap<string, Uint8Array> = new Map()): unknown {
  const frame = decodeFrame(bytes);
  if (frame.says !== 'message') throw new RangeError('a tally');
  return frame.open(fetched);
}

// Holds: what is decoded is what was encoded, for envelopes of all six signals.
// Matters because an agent must hear the same over a network as inside a process.
test('every envelope comes back as it was said', () => {
  fc.assert(
    fc.property(arbitraryEnvelope, (body) => {
      const bytes = encodeFrame({ ...stamp, body });
      expect(decodeFrame(bytes)).toMatchObject({ ...stamp, says: 'message', blobs: [] });
      expect(open(bytes)).toStrictEqual(copyBody(body));
    }),
    { numRuns: 500 },
  );
});

test('arrays come back aligned in memory of their own, wherever the frame lies', () => {
  const body = { s: 'odd', samples: Float32Array.of(1, 2, 3), exact: Float64Array.of(0.1) };
  const bytes = encodeFrame({ ...stamp, body });
  for (let shift = 0; shift < 8; shift++) {
    const shared = Buffer.concat([Buffer.alloc(shift), bytes]).subarray(shift);
    const back = open(shared) as typeof body;
    expect(back).toEqual(body);
    expect([back.samples.byteOffset, back.samples.buffer.byteLength]).toEqual([0, 12]);
    shared.fill(0);
    expect(back.samples).toEqual(body.samples);
  }
});

test('a frame has the bytes that docs/wire-format.md shows', () => {
  const bytes = Buffer.from(encodeFrame({ ...stamp, body: Float32Array.of(1) }));
  const key = (text: string): string => Buffer.from(text).toString('hex');
  const stamped = `6176${'01'}69${key('publisher')}6170${`68${key('sequence')}`}03`;
  expect(bytes.toString('hex')).toBe(`a4${stamped}64${key('body')}d855440000803f`);
});

test('a Buffer travels as the bytes it is', () => {
  expect(open(encodeFrame({ ...stamp, body: Buffer.from('abc') }))).toStrictEqual(
    Uint8Array.from([97, 98, 99]),
  );
});

test('a tally has a count and no body', () => {
  expect(decodeFrame(encodeTally(stamp))).toEqual({ ...stamp, says: 'tally' });
});

describe('large arrays', () => {
  const kept = new Map<string, Uint8Array>();
  const outsource = (array: { buffer: ArrayBufferLike; byteLength: number }): BlobRef => {
    const bytes = new Uint8Array(array.buffer);
    const hash = hashOf(bytes);
    kept.set(hash, bytes);
    return { hash, array: 'Float32Array', bytes: bytes.length, ask: `demiurge.r.blob.${hash}` };
  };
  const samples = Float32Array.from({ length: 2 ** 18 }, (_, i) => i);

  test('are replaced by references and put back in their place', () => {
    const body = { left: samples, right: { again: samples }, name: 'x' };
    const bytes = encodeFrame({ ...stamp, body }, outsource);
    expect(bytes.length).toBeLessThan(1000);
    const back = open(bytes, kept) as typeof body;
    expect(Object.keys(back)).toEqual(['left', 'right', 'name']);
    for (const array of [back.left, back.right.again]) {
      expect(array).toBeInstanceOf(Float32Array);
      expect(hashOf(new Uint8Array(array.buffer))).toBe([...kept.keys()][0]);
    }
    expect(() => open(bytes)).toThrow(/is missing/);
  });

  test('are not replaced while all of them weigh little', () => {
    const small = samples.slice(0, 1000);
    const bytes = encodeFrame({ ...stamp, body: { small } }, outsource);
    expect(open(bytes)).toStrictEqual({ small });
  });
});

describe('what is not a frame is refused with one clear error', () => {
  const frame = (parts: Record<string, unknown>): Uint8Array =>
    raw.encode({ v: 1, publisher: 'p', sequence: 1, body: null, ...parts });
  const ref = { hash: 'a'.repeat(64), array: 'Float32Array', bytes: 8, ask: '' };
  const askOf = (hash: string): string => `demiurge.r.blob.${hash}`;
  const blob = (parts: Record<string, unknown>): Uint8Array =>
    frame({ body: new Tag({ ...ref, ask: askOf(ref.hash), ...parts }, 40_500) });
  const cases: Record<string, Uint8Array> = {
    nothing: new Uint8Array(0),
    text: Buffer.from('hello'),
    'a list': raw.encode([1]),
    'no version': raw.encode({ publisher: 'p', sequence: 1, body: 1 }),
    'no publisher': frame({ publisher: 7 }),
    'an endless publisher': frame({ publisher: 'p'.repeat(1000) }),
    'a sequence of 0': frame({ sequence: 0 }),
    'a broken sequence': frame({ sequence: 1.5 }),
    'no body': raw.encode({ v: 1, publisher: 'p', sequence: 1 }),
    'more bytes behind it': Buffer.concat([frame({}), Buffer.from([0])]),
    'a date': frame({ body: new Date(0) }),
    'a set': frame({ body: new Set([1]) }),
    'an error class': frame({ body: new Error('x') }),
    'a bigint': frame({ body: 2n ** 60n }),
    'a huge bigint': frame({ body: 2n ** 80n }),
    'an array that claims four thousand million items': Buffer.from('9affffffff', 'hex'),
    'a map that claims them': Buffer.from('baffffffff', 'hex'),
    'a text that claims them': Buffer.from('7affffffff', 'hex'),
    'an endless array': Buffer.from('9f01ff', 'hex'),
    'a shared reference': Buffer.from('d81c01', 'hex'),
    'an odd number of bytes in a Float32Array': Buffer.from('d85543010203', 'hex'),
    'a thousand nested lists': Buffer.concat([Buffer.alloc(1000, 0x81), Buffer.from([0])]),
    'a key that is no text': Buffer.from('a10101', 'hex'),
    'a blob without a hash': blob({ hash: 'abc' }),
    'a blob of a strange kind': blob({ array: 'Function' }),
    'a blob of the prototype': blob({ array: '__proto__' }),
    'a blob of half a number': blob({ bytes: 7 }),
    'a blob larger than all': blob({ bytes: 2 ** 40 }),
    'a blob asked for elsewhere': blob({ ask: '$SYS.REQ.SERVER.PING' }),
    'a blob asked for everywhere': blob({ ask: 'demiurge.>' }),
    'a blob asked for under another hash': blob({ ask: askOf('b'.repeat(64)) }),
  };
  test.each(Object.entries(cases))('%s', (_name, bytes) => {
    expect(() => decodeFrame(bytes)).toThrow(UserError);
  });

  test('another version, politely', () => {
    expect(() => decodeFrame(frame({ v: 2 }))).toThrow(
      /speaks wire format 2, this Demiurge speaks 1\n {2}Try: run the same version/,
    );
  });

  test('no bytes whatever do anything but decode or be refused', () => {
    const good = encodeFrame({ ...stamp, body: { a: [1, 'x', Float32Array.of(1, 2)], b: 0.5 } });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, byte, end) => {
        const bent = Uint8Array.from(good).subarray(0, end);
        if (at < end) bent[at] = byte;
        try {
          decodeFrame(bent);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(() => decodeFrame(bytes)).toThrow(UserError);
      }),
      { numRuns: 3000 },
    );
  });
});
