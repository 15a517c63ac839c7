import { expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { bootstrapBand, sortedQuantile } from '../../src/measures/index.js';

const mean = (values: readonly number[]) => (indices: readonly number[]) =>
  indices.reduce((sum, i) => sum + (values[i] as number), 0) / indices.length;

it('a band is the same every time, and another with another seed', () => {
  const values = Array.from({ length: 20 }, (_, i) => Math.sin(i));
  const band = bootstrapBand(20, mean(values));
  expect(bootstrapBand(20, mean(values))).toEqual(band);
  expect(bootstrapBand(20, mean(values), { seed: 2 })).not.toEqual(band);
});

it('a band holds the measured value, and nothing of what never varies', () => {
  expect(bootstrapBand(5, mean([3, 3, 3, 3, 3]))).toEqual({ low: 3, high: 3 });
  expect(bootstrapBand(1, mean([3]))).toBeUndefined();
  const band = bootstrapBand(4, mean([0, 1, 0, 1]), { range: [0.4, 0.6] });
  expect(band).toEqual({ low: 0.4, high: 0.6 });
});

it('a 95 % band of a mean holds the true mean in about 95 % of samples', () => {
  const random = seededRandom(5);
  let held = 0;
  for (let trial = 0; trial < 300; trial++) {
    const values = Array.from({ length: 40 }, () => random.normal());
    const band = bootstrapBand(40, mean(values), { seed: trial });
    if (band !== undefined && band.low <= 0 && band.high >= 0) held++;
  }
  expect(held / 300).toBeGreaterThan(0.9);
  expect(held / 300).toBeLessThan(0.98);
});

it('draws without a value are passed over', () => {
  expect(bootstrapBand(3, () => undefined)).toBeUndefined();
  expect(sortedQuantile([0, 10], 0.25)).toBe(2.5);
});
