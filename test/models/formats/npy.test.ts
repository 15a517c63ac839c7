import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/index.js';
import { readNpy, readNpz, writeNpy, writeNpz } from '../../../src/models/formats/npy.js';

const fixtures = new URL('../../fixtures/checkpoints/', import.meta.url);

function npy(header: string, body: Uint8Array): Uint8Array {
  const padded = `${header.padEnd(117)}\n`;
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00v\x00', 'latin1'),
    Buffer.from(padded),
    body,
  ]);
}

describe('numpy files', () => {
  it('read the statistics of a real run', () => {
    const mean = readNpy(readFileSync(new URL('unagan/mean.mel.npy', fixtures)));
    expect(mean.shape).toEqual([80]);
    expect(mean.data.every(Number.isFinite)).toBe(true);
    const { mean: means, std } = readNpz(
      readFileSync(new URL('lightning-whole/data_stat.npz', fixtures)),
    );
    expect([means?.data[3], std?.data[3]]).toEqual([3, 4]);
  });

  it('give back what was written', () => {
    fc.assert(
      fc.property(fc.float32Array({ maxLength: 40, noNaN: true }), (data) => {
        const array = { shape: [data.length], data };
        expect(readNpy(writeNpy(array))).toEqual(array);
        expect(readNpz(writeNpz({ a: array, b: array })).b).toEqual(array);
      }),
      { seed: 4 },
    );
  });

  it('turn arrays stored by column into rows', () => {
    const body = new Uint8Array(Float64Array.of(1, 2, 3, 4, 5, 6).buffer);
    const bytes = npy("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }", body);
    expect([...readNpy(bytes).data]).toEqual([1, 3, 5, 2, 4, 6]);
  });

  it.each([
    ['objects', npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", new Uint8Array(8))],
    [
      'big-endian',
      npy("{'descr': '>f4', 'fortran_order': False, 'shape': (1,)}", new Uint8Array(4)),
    ],
    [
      'too few numbers',
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (9,)}", new Uint8Array(4)),
    ],
    ['another file', new TextEncoder().encode('hello, I am text')],
    ['nothing', new Uint8Array()],
  ])('refuse %s with one clear error', (_, bytes) => {
    expect(() => readNpy(bytes, 'mean.npy')).toThrow(UserError);
  });
});
