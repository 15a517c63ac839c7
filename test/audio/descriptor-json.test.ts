import { describe, expect, it } from 'vitest';
import {
  MFCC39_NAMES,
  featureOrder,
  inFeatureOrder,
  mfcc39,
  toDescriptorJson,
} from '../../src/audio/index.js';
import { goldenSound } from './fixture.js';

describe("the original's descriptor file", () => {
  const found = mfcc39(goldenSound());

  it('has a column of paths, one of samples and 39 of numbers', () => {
    const text = toDescriptorJson(found, 'audio/golden.wav');
    expect(text.startsWith('{\n  "_id": [\n    "audio/golden.wav",\n')).toBe(true);
    const table = JSON.parse(text) as Record<string, (string | number)[]>;
    expect(Object.keys(table)).toEqual(['_id', '_sample', ...MFCC39_NAMES]);
    expect(Object.values(table).every((column) => column.length === 22)).toBe(true);
    expect(table['_sample']!.slice(0, 3)).toEqual([0, 1024, 2048]);
    expect(table['mfcc1']![0]).toBe(found.data[1]);
  });

  it('orders features as strings', () => {
    const order = featureOrder(MFCC39_NAMES);
    expect(order.slice(0, 4)).toEqual(['mfcc0', 'mfcc1', 'mfcc10', 'mfcc11']);
    expect(order.slice(-2)).toEqual(['mfcc8', 'mfcc9']);
    const sorted = inFeatureOrder(found);
    expect(sorted.names).toEqual(order);
    expect(sorted.data[39 + 2]).toBe(found.data[39 + 10]);
  });
});
