import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSize, sizeText, spanText } from '../../../src/archive/index.js';
import { parseDuration } from '../../../src/core/index.js';

describe('a written size', () => {
  it.each([
    ['20GB', 20e9],
    ['1.5 TiB', 1.5 * 2 ** 40],
    ['800mb', 8e8],
    ['12kB', 12_000],
    ['512', 512],
  ])('%s is read', (text, bytes) => expect(parseSize(text)).toBe(bytes));

  it.each(['', 'GB', '-1GB', '20 apples', '1e3', 'Infinity'])('%j is none', (text) =>
    expect(parseSize(text)).toBeUndefined(),
  );

  it('reads back what is shown, but for what rounding takes', () => {
    const property = fc.property(fc.integer({ min: 1, max: 1e15 }), (bytes) => {
      const back = parseSize(sizeText(bytes)) as number;
      expect(Math.abs(back - bytes) / bytes).toBeLessThanOrEqual(0.05);
    });
    fc.assert(property);
  });

  it('shows times so that they read back', () => {
    const property = fc.property(fc.integer({ min: 1, max: 1e8 }), (seconds) => {
      expect(parseDuration(spanText(seconds))).toBe(seconds);
    });
    fc.assert(property);
  });
});
