import { describe, expect, it } from 'vitest';
import { torchRandom } from '../../../src/models/index.js';

function first(values: Float32Array, count: number): number[] {
  return Array.from(values.subarray(0, count));
}

function expectNear(values: readonly number[], expected: readonly number[]): void {
  expected.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 5));
}

describe('the normals of PyTorch', () => {
  it('start as the original noise does at seed 123, and go on with the hidden state', () => {
    const random = torchRandom(123);
    const z = random.normal([1, 20, 108]);
    expectNear(first(z.data, 4), [0.3373702, -0.1777772, -0.3035276, -0.5880119]);
    const hidden = random.normal([2, 1, 512]);
    expectNear(first(hidden.data, 4), [-0.4775033, -1.092405, 1.027222, -1.562733]);
  });

  it('take the other path below sixteen numbers', () => {
    const { data, shape } = torchRandom(0).normal([4]);
    expect(shape).toEqual([4]);
    expectNear([...data], [1.540996, -0.2934289, -2.1787894, 0.5684313]);
  });

  it('keep the second of a pair for the next few numbers', () => {
    const [together, apart] = [torchRandom(7), torchRandom(7)];
    const whole = [...together.normal([6]).data];
    const parts = [3, 3].flatMap((size) => [...apart.normal([size]).data]);
    expect(parts).toEqual(whole);
  });

  it('draw the last sixteen again where the count is no multiple of sixteen', () => {
    const [even, odd] = [torchRandom(5), torchRandom(5)];
    const [a, b] = [even.normal([48]).data, odd.normal([50]).data];
    expect(first(b, 32)).toEqual(first(a, 32));
    expect(b.every(Number.isFinite)).toBe(true);
    expect(b[40]).not.toBe(a[40]);
  });

  it('have mean 0 and deviation 1', () => {
    const { data } = torchRandom(1).normal([100_000]);
    const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
    const square = data.reduce((sum, x) => sum + x * x, 0) / data.length;
    expect(Math.abs(mean)).toBeLessThan(0.01);
    expect(Math.abs(square - 1)).toBeLessThan(0.02);
  });
});
