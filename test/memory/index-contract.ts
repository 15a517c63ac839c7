import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import type { Neighbour, VectorIndex } from '../../src/memory/index.js';

/** Rows of normal numbers, the same for the same name. */
export function rowsOf(name: string, rows: number, dimensions: number): Float32Array {
  const random = seededRandom(11, name);
  return Float32Array.from({ length: rows * dimensions }, () => random.normal());
}

/** The slowest possible search, written independently of the indices. */
export function naiveNearest(rows: Float32Array, query: Float32Array, count: number): Neighbour[] {
  const d = query.length;
  const all = Array.from({ length: rows.length / d }, (_, key) => {
    let distance = 0;
    for (let i = 0; i < d; i++) distance += ((query[i] ?? 0) - (rows[key * d + i] ?? 0)) ** 2;
    return { key, distance };
  });
  all.sort((a, b) => a.distance - b.distance || a.key - b.key);
  return all.slice(0, count);
}

const coarse = fc.integer({ min: -2, max: 2 });
const world = fc
  .record({ dimensions: fc.integer({ min: 1, max: 40 }), rows: fc.integer({ min: 0, max: 60 }) })
  .chain(({ dimensions, rows }) =>
    fc.record({
      dimensions: fc.constant(dimensions),
      rows: fc.array(coarse, { minLength: rows * dimensions, maxLength: rows * dimensions }),
      query: fc.array(coarse, { minLength: dimensions, maxLength: dimensions }),
      count: fc.integer({ min: 0, max: 70 }),
      scale: fc.constantFrom(1e-3, 1, 1e3, 3e15),
    }),
  );

/** What every index must do, whichever it is. */
export function describeIndex(name: string, open: (dimensions: number) => VectorIndex): void {
  describe(`the ${name} index`, () => {
    test('finds nothing in nothing, without complaint', () => {
      const index = open(3);
      expect(index.size).toBe(0);
      expect(index.nearest(new Float32Array([1, 2, 3]), 4)).toEqual([[]]);
      expect(index.nearest(new Float32Array(0), 4)).toEqual([]);
    });

    test('gives what there is when asked for more', () => {
      const index = open(1);
      index.add(new Float32Array([5, 1]));
      expect(index.nearest(new Float32Array([2]), 9)).toEqual([
        [
          { key: 1, distance: 1 },
          { key: 0, distance: 9 },
        ],
      ]);
    });

    test('prefers the lowest key among equals', () => {
      const index = open(2);
      index.add(new Float32Array(400).fill(7));
      index.add(new Float32Array([7, 7]));
      const keys = index.nearest(new Float32Array([7, 7]), 3)[0]?.map(({ key }) => key);
      expect(keys).toEqual([0, 1, 2]);
    });

    test('grows while it is searched', () => {
      const index = open(8);
      const rows = rowsOf('growth', 50, 8);
      for (let at = 0; at < 50; at += 10) {
        index.add(rows.subarray(at * 8, (at + 10) * 8));
        const query = rows.slice((at + 3) * 8, (at + 4) * 8);
        expect(index.nearest(query, 1)[0]?.[0]).toEqual({ key: at + 3, distance: 0 });
      }
      expect(index.size).toBe(50);
    });

    test('refuses ragged rows and values that are no numbers, and keeps what it had', () => {
      const index = open(2);
      expect(() => index.add(new Float32Array(3))).toThrow(RangeError);
      expect(() => index.add(new Float32Array([1, Number.NaN]))).toThrow(RangeError);
      expect(() => index.nearest(new Float32Array([1, Number.NaN]), 1)).toThrow(RangeError);
      expect(index.size).toBe(0);
    });

    test('agrees with the slowest possible search, ties and huge values included', () => {
      fc.assert(
        fc.property(world, ({ dimensions, rows, query, count, scale }) => {
          const index = open(dimensions);
          const flat = Float32Array.from(rows, (x) => x * scale);
          const asked = Float32Array.from(query, (x) => x * scale);
          index.add(flat);
          expect(index.nearest(asked, count)[0]).toEqual(naiveNearest(flat, asked, count));
        }),
        { numRuns: 300 },
      );
    });

    test('agrees with the slowest possible search over many rows and queries', () => {
      const [rows, queries] = [rowsOf('rows', 1500, 39), rowsOf('queries', 40, 39)];
      const index = open(39);
      index.add(rows);
      const found = index.nearest(queries, 12);
      for (const [q, neighbours] of found.entries()) {
        const query = queries.slice(q * 39, (q + 1) * 39);
        expect(neighbours).toEqual(naiveNearest(rows, query, 12));
      }
    });
  });
}
