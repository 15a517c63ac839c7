import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cheapestPath } from '../../../src/agents/sampling/path.js';

const cost = fc.integer({ min: 0, max: 5 });
const world = fc
  .array(fc.array(cost, { minLength: 1, maxLength: 4 }), { minLength: 0, maxLength: 5 })
  .chain((targets) => fc.record({ targets: fc.constant(targets), seed: fc.nat(1000) }));

function allPaths(targets: readonly (readonly number[])[]): number[][] {
  return targets.reduce<number[][]>(
    (paths, layer) => paths.flatMap((path) => layer.map((_, i) => [...path, i])),
    [[]],
  );
}

test('no path is cheaper than the cheapest', () => {
  fc.assert(
    fc.property(world, ({ targets, seed }) => {
      const join = (step: number, from: number, to: number): number =>
        (step * 31 + from * 17 + to * 7 + seed) % 6;
      const total = (path: readonly number[]): number =>
        path.reduce(
          (sum, at, step) =>
            sum + targets[step]![at]! + (step === 0 ? 0 : join(step, path[step - 1]!, at)),
          0,
        );
      const found = cheapestPath({ targets, join });
      expect(found).toHaveLength(targets.length);
      expect(total(found)).toBe(Math.min(...allPaths(targets).map(total)));
    }),
    { numRuns: 500 },
  );
});

test('of equal candidates the first is taken', () => {
  expect(cheapestPath({ targets: [[1, 1], [2, 2, 2], [0]], join: () => 3 })).toEqual([0, 0, 0]);
});
