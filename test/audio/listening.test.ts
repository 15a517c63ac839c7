import { describe, expect, it } from 'vitest';
import { MEYDA_NAMES, meydaFeatures, onsets, pitchTrack } from '../../src/audio/index.js';
import { describedSound, tone } from './fixture.js';
import { seededNoise } from './limiter-fixture.js';

describe('the pitch track', () => {
  it.each([196, 440, 1234.5, 3000])('hears %d Hz within five cents, clearly', (hz) => {
    const track = pitchTrack(tone(hz, 0.5));
    expect(track).toHaveLength(1 + Math.floor((22_050 - 2048) / 1024));
    for (const { f0Hz, clarity, rmsDb } of track) {
      expect(Math.abs(1200 * Math.log2(f0Hz / hz))).toBeLessThan(5);
      expect(clarity).toBeGreaterThan(0.95);
      expect(rmsDb).toBeCloseTo(-9.03, 0);
    }
  });

  it('hears no clear pitch in noise or silence', () => {
    const noise = pitchTrack({ sampleRate: 44_100, channels: [seededNoise(8192, 0.5)] });
    expect(noise.every(({ clarity }) => clarity < 0.8)).toBe(true);
    const silence = pitchTrack({ sampleRate: 44_100, channels: [new Float32Array(4096)] });
    expect(silence[0]).toEqual({ f0Hz: 0, clarity: expect.closeTo(0), rmsDb: -Infinity });
    expect(pitchTrack({ sampleRate: 44_100, channels: [new Float32Array(2047)] })).toEqual([]);
  });
});

describe('onsets', () => {
  const gated = tone(440, 2).channels[0]!.map((x, n) => (n % 22_050 < 11_025 ? x : 0));

  it('are heard where notes begin, and nowhere else', () => {
    const found = onsets({ sampleRate: 44_100, channels: [gated] });
    expect(found).toHaveLength(4);
    found.forEach(({ sample }, i) => {
      expect(Math.abs(sample - i * 22_050)).toBeLessThanOrEqual(1024);
    });
  });

  it('are none in a held tone after its start, or in silence', () => {
    expect(onsets(tone(440, 1)).length).toBeLessThanOrEqual(1);
    expect(onsets({ sampleRate: 44_100, channels: [new Float32Array(44_100)] })).toEqual([]);
  });
});

describe("Meyda's features", () => {
  const at = (row: ArrayLike<number>, name: string): number => row[MEYDA_NAMES.indexOf(name)]!;

  it('are never named like the librosa ones', () => {
    expect(MEYDA_NAMES.every((name) => name.startsWith('meyda.'))).toBe(true);
    const { audio } = describedSound('violin-0');
    const found = meydaFeatures(audio);
    expect(found.names).toBe(MEYDA_NAMES);
    expect([found.rows, found.columns]).toEqual([1 + Math.floor((141_120 - 2048) / 1024), 22]);
    expect(found.data.every(Number.isFinite)).toBe(true);
  });

  it('follow the sample rate when it changes', () => {
    const rolloff = (rate: number): number => {
      const { data } = meydaFeatures(tone(1000, 0.1, rate));
      return at(data, 'meyda.rms') > 0 ? at(data, 'meyda.spectralCentroid') * (rate / 2048) : 0;
    };
    for (const rate of [44_100, 22_050, 44_100]) expect(rolloff(rate)).toBeCloseTo(1000, -1);
  });

  it('are marked where silence leaves them undefined', () => {
    const { data } = meydaFeatures({ sampleRate: 44_100, channels: [new Float32Array(2048)] });
    expect(at(data, 'meyda.undefined')).toBe(1);
    expect(at(data, 'meyda.spectralCentroid')).toBe(0);
    const sounding = meydaFeatures(tone(440, 0.1));
    expect(at(sounding.data, 'meyda.undefined')).toBe(0);
  });
});
