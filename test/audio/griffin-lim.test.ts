import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { griffinLim, logMel80, melToMagnitude, peakDb } from '../../src/audio/index.js';
import { describedSound } from './fixture.js';

describe('sound from a mel without a network', () => {
  const { audio } = describedSound('violin-0');
  const part = { ...audio, channels: [audio.channels[0]!.slice(40_000, 70_000)] };
  const mel = logMel80(part);
  const sound = griffinLim(mel, { random: seededRandom(7, 'phase') });
  const again = logMel80(sound);

  it('is 256 samples per frame', () => {
    expect(sound.channels[0]).toHaveLength(mel.columns * 256);
    expect(sound.sampleRate).toBe(44_100);
  });

  it('has nearly the same mel', () => {
    const error = mel.data.reduce((sum, x, i) => sum + Math.abs(x - again.data[i]!), 0);
    expect(error / mel.data.length).toBeLessThan(0.08);
    expect(Math.abs(peakDb(sound) - peakDb(part))).toBeLessThan(4);
  });

  it('comes nearer with more rounds', () => {
    const linear = (m: typeof mel): Float32Array => m.data.map((x) => 10 ** x);
    const distance = (m: typeof mel): number => {
      const heard = linear(m);
      return linear(mel).reduce((sum, x, i) => sum + (x - heard[i]!) ** 2, 0);
    };
    const hasty = griffinLim(mel, { random: seededRandom(7, 'phase'), iterations: 4 });
    expect(distance(again)).toBeLessThan(0.5 * distance(logMel80(hasty)));
  });

  it('is the same for the same seed and another for another', () => {
    const short = { ...mel, columns: 10, data: mel.data.slice(0, 800) };
    const of = (seed: number) => griffinLim(short, { random: seededRandom(seed), iterations: 2 });
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  it('finds magnitudes that are never negative', () => {
    expect(melToMagnitude(mel).every((x) => x >= 0)).toBe(true);
  });

  it('refuses another number of bands, and makes nothing of nothing', () => {
    const random = seededRandom(1);
    expect(() => griffinLim({ ...mel, rows: 40 }, { random })).toThrow(RangeError);
    const empty = { ...mel, columns: 0, data: new Float32Array(0) };
    expect(griffinLim(empty, { random }).channels[0]).toHaveLength(0);
  });
});
