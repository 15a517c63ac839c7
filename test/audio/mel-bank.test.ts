import { describe, expect, it } from 'vitest';
import { hifiMel80, hzToMel, melBankOf, melEdges, melToHz } from '../../src/audio/index.js';
import { tone } from './fixture.js';

describe("Slaney's mel bank of 80 bands at 44,100 Hz", () => {
  const bank = melBankOf(44_100);

  it('has the edges of the anatomy', () => {
    const edges = melEdges(80, 22_050);
    const found = [0, 1, 2, 3, 20, 21, 40, 60, 80, 81].map((i) => edges[i]);
    const expected = [
      0, 49.3765, 98.753, 148.1296, 987.5304, 1038.7949, 2733.4309, 7568.3467, 20955.3031, 22050,
    ];
    expect(found).toEqual(expected.map((v) => expect.closeTo(v, 3)));
  });

  it('has the weights of the anatomy, less one that is a rounding error at 22,050 Hz', () => {
    const all = bank.weights.flatMap((row) => Array.from(row)).filter((w) => w > 0);
    expect(all).toHaveLength(996);
    expect(all.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1.85651748, 6);
    expect(bank.starts[0]).toBe(1);
    expect(bank.weights[0]![0]).toBeCloseTo(0.0176643487, 8);
    expect(bank.weights[0]![1]).toBeCloseTo(0.00517638214, 8);
    expect(bank.weights[1]![0]).toBeCloseTo(0.0150761576, 8);
    expect(bank.weights[79]![487 - bank.starts[79]!]).toBeCloseTo(0.000921313534, 9);
  });

  it('goes back and forth between hertz and mel', () => {
    for (const hz of [0, 200, 999, 1000, 1001, 22_050])
      expect(melToHz(hzToMel(hz))).toBeCloseTo(hz);
  });
});

describe("HiFi-GAN's mel", () => {
  it('is a natural logarithm with a floor and nothing above 8000 Hz', () => {
    const high = hifiMel80(tone(12_000, 0.2));
    expect([high.rows, high.columns]).toEqual([80, Math.floor(8820 / 256)]);
    const middle = Array.from({ length: 80 }, (_, b) => high.data[b * high.columns + 17]!);
    expect(Math.max(...middle)).toBeLessThan(Math.log(1e-3));
    const silent = hifiMel80({ sampleRate: 44_100, channels: [new Float32Array(4096)] });
    expect(Math.min(...silent.data)).toBeCloseTo(Math.log(1e-5), 3);
  });
});
