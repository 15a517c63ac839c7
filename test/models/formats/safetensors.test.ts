import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeOf, UserError } from '../../../src/core/index.js';
import { readSafetensors, writeSafetensors } from '../../../src/models/formats/safetensors.js';

function file(header: unknown, body: Uint8Array = new Uint8Array()): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + body.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(body, 8 + json.length);
  return bytes;
}

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });
const tensors = shapes.chain((shape) =>
  fc
    .float32Array({ minLength: sizeOf(shape), maxLength: sizeOf(shape), noNaN: true })
    .map((data) => ({ shape, data })),
);

describe('safetensors', () => {
  it('gives back what was written, whatever the names and shapes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), tensors), (written) => {
        if ('__metadata__' in written) return;
        const bytes = writeSafetensors(written, { by: 'a test' });
        const read = readSafetensors(bytes);
        expect(Object.keys(read).sort()).toEqual(Object.keys(written).sort());
        for (const [name, { shape, data }] of Object.entries(written)) {
          expect(read[name]).toEqual({ shape, data });
        }
      }),
      { seed: 3 },
    );
  });

  it('pads its header so that the numbers start at a multiple of eight', () => {
    for (const name of ['a', 'ab', 'abc', 'abcd', 'σ']) {
      const bytes = writeSafetensors({ [name]: { shape: [1], data: Float32Array.of(1) } });
      expect(new DataView(bytes.buffer).getUint32(0, true) % 8).toBe(0);
    }
  });

  it('reads other kinds of numbers as float32', () => {
    const f64 = new Uint8Array(Float64Array.of(0.5, -3).buffer);
    const i64 = new Uint8Array(BigInt64Array.of(7n).buffer);
    const f16 = new Uint8Array(Uint16Array.of(0x3800).buffer);
    const header = {
      a: { dtype: 'F64', shape: [2], data_offsets: [0, 16] },
      b: { dtype: 'I64', shape: [], data_offsets: [16, 24] },
      c: { dtype: 'F16', shape: [1, 1], data_offsets: [24, 26] },
    };
    const read = readSafetensors(file(header, Buffer.concat([f64, i64, f16])));
    expect(Object.values(read).map(({ data }) => [...data])).toEqual([[0.5, -3], [7], [0.5]]);
  });

  const entry = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
  it.each([
    ['an empty file', new Uint8Array()],
    ['a header longer than the file', Uint8Array.of(255, 255, 255, 0, 0, 0, 0, 0, 123)],
    ['an absurd header', Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255)],
    ['a header that is no table', file([1])],
    ['numbers that are missing', file({ a: entry }, new Uint8Array(7))],
    ['numbers nobody claims', file({ a: entry }, new Uint8Array(9))],
    ['bytes that do not fill the shape', file({ a: { ...entry, shape: [3] } }, new Uint8Array(8))],
    ['negative extents', file({ a: { ...entry, shape: [-2, -1] } }, new Uint8Array(8))],
    ['an unknown kind of number', file({ a: { ...entry, dtype: 'F8' } }, new Uint8Array(8))],
    ['an entry that is no table', file({ a: null }, new Uint8Array(8))],
  ])('refuses %s with one clear error', (_, bytes) => {
    expect(() => readSafetensors(bytes, 'x.safetensors')).toThrow(UserError);
    expect(() => readSafetensors(bytes, 'x.safetensors')).toThrow(/^x\.safetensors: /);
  });
});
