import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/index.js';
import { drawMerges, mergeChannels } from '../../../src/models/generation/channel-merge.js';
import { fitBins } from '../../../src/models/generation/fit-bins.js';
import { noiseColumns } from '../../../src/models/generation/noise-draw.js';

describe('merging sounds into channels', () => {
  it('draws different samples for each file, as many as there are at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9 }), (count, k) => {
        const merges = drawMerges(count, k, 4, seededRandom(count, String(k)));
        expect(new Set(merges.map(String)).size).toBe(merges.length);
        for (const merge of merges) {
          expect(merge).toHaveLength(Math.min(count, k));
          expect(new Set(merge).size).toBe(merge.length);
          expect(merge.every((i) => i >= 0 && i < count)).toBe(true);
        }
      }),
      { seed: 1 },
    );
  });

  it('takes first channels and cuts them to the shortest', () => {
    const [long, short] = [Float32Array.of(1, 2, 3), Float32Array.of(4, 5)];
    const merged = mergeChannels([
      { sampleRate: 44_100, channels: [long, short] },
      { sampleRate: 22_050, channels: [short] },
    ]);
    expect(merged).toEqual({
      sampleRate: 22_050,
      channels: [Float32Array.of(1, 2), Float32Array.of(4, 5)],
    });
  });
});

describe('the length of generated sound', () => {
  it.each([
    [1, 11],
    [5, 54],
    [10, 108],
    [60, 646],
  ])('%i seconds take %i columns of noise', (seconds, columns) => {
    expect(noiseColumns(seconds, 44_100, 256, 16)).toBe(columns);
  });

  it('refuses a duration that is none', () => {
    expect(() => noiseColumns(0, 44_100, 256, 16)).toThrow('above 0');
    expect(() => noiseColumns(Number.NaN, 44_100, 256, 16)).toThrow('above 0');
  });
});

describe('fitting a mel to another width', () => {
  it('keeps the outer bins and passes between the others', () => {
    const mel = { shape: [1, 3, 2], data: Float32Array.of(0, 10, 2, 20, 4, 30) };
    expect([...fitBins(mel, 5).data]).toEqual([0, 10, 1, 15, 2, 20, 3, 25, 4, 30]);
    expect(fitBins(mel, 3).data).toBe(mel.data);
    expect(fitBins(mel, 1).shape).toEqual([1, 1, 2]);
  });
});
