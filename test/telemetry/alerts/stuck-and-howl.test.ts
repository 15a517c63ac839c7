import { describe, expect, it } from 'vitest';
import {
  type ComparedSound,
  Ringing,
  Sameness,
  type SpectralPeak,
  howlOf,
  stuckOf,
} from '../../../src/telemetry/index.js';

const feature = (mean: number, spread: number): number[] => [
  ...Array.from({ length: 13 }, () => mean),
  ...Array.from({ length: 13 }, () => spread),
];

const sound = (seconds: number, rest: Partial<ComparedSound> = {}): ComparedSound => {
  return { seconds, durationSeconds: 1, levelDb: -20, feature: feature(0, 5), ...rest };
};

/** What is found after each of the sounds, one every 2 s. */
function stuckAfter(sounds: readonly Partial<ComparedSound>[]): readonly boolean[] {
  const same = new Sameness();
  return sounds.map((rest, n) => {
    same.add(sound(2 * n, rest));
    return stuckOf([['mel', same]]).length > 0;
  });
}

const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const other = { feature: feature(9, 5) };

describe('STUCK', () => {
  it('comes with the 24th time of one sound, and says who and since when', () => {
    const found = stuckAfter(times(30, {}));
    expect(found.indexOf(true)).toBe(23);
    const same = new Sameness();
    for (let n = 0; n < 24; n++) same.add(sound(100 + 2 * n));
    expect(stuckOf([['mel', same]])).toMatchObject([
      { word: 'STUCK', level: 'look', subject: 'mel', since: 100 },
    ]);
    expect(stuckOf([['mel', same]])[0]?.says).toContain('again and again, 24 times');
  });

  it('does not come of another sound now and then, of another level, or of a short while', () => {
    expect(stuckAfter(times(20, [...times(5, {}), other]).flat())).not.toContain(true);
    const fading = Array.from({ length: 60 }, (_, n) => ({ levelDb: -20 - 0.2 * n }));
    expect(stuckAfter(fading)).not.toContain(true);
    const same = new Sameness();
    for (let n = 0; n < 100; n++) same.add(sound(n / 10, { durationSeconds: 0.1 }));
    expect(same.isStuck).toBe(false);
  });

  it('comes of one spectrum held for 30 s, in however few sounds', () => {
    const held = { feature: feature(0, 0.2), durationSeconds: 12 };
    const same = new Sameness();
    const found = [0, 12, 24].map((seconds) => {
      same.add(sound(seconds, held));
      return same.isStuck;
    });
    expect(found).toEqual([false, false, true]);
    expect(stuckOf([['mel', same]])[0]?.says).toContain('holds one spectrum');
  });

  it('is over after three other sounds on end, not after one', () => {
    const found = stuckAfter([...times(24, {}), other, {}, other, other, {}, ...times(3, other)]);
    expect(found.slice(23)).toEqual([true, true, true, true, true, true, true, true, false]);
  });
});

const peak = (db: number, rest: Partial<SpectralPeak> = {}): SpectralPeak => {
  return { band: 20, hertz: 1200, db, overDb: 30, ...rest };
};

/** What is found after each lap whose peaks are these. */
function howlsAfter(peaks: readonly SpectralPeak[]): readonly boolean[] {
  const ringing = new Ringing();
  return peaks.map((one, lap) => {
    ringing.add(lap, one);
    return howlOf([['room', ringing]], lap).length > 0;
  });
}

describe('HOWL', () => {
  const growing = (rest: Partial<SpectralPeak> = {}): SpectralPeak[] =>
    Array.from({ length: 8 }, (_, lap) => peak(-40 + lap, rest));

  it('comes with the fifth turn at which one narrow peak has grown, and says where', () => {
    expect(howlsAfter(growing()).indexOf(true)).toBe(5);
    const ringing = new Ringing();
    growing().forEach((one, lap) => ringing.add(lap, one));
    expect(howlOf([['room', ringing]], 9)).toMatchObject([
      { word: 'HOWL', level: 'call', subject: 'room', since: 9 },
    ]);
    expect(howlOf([['room', ringing]], 9)[0]?.says).toContain('1200 Hz, 30 dB above the rest');
  });

  it('does not come of a broad sound, of one that holds its own, or of a melody', () => {
    expect(howlsAfter(growing({ overDb: 12 }))).not.toContain(true);
    expect(howlsAfter(times(20, peak(-10)))).not.toContain(true);
    const melody = growing().map((one, n) => ({ ...one, band: 10 + 3 * (n % 4) }));
    expect(howlsAfter(melody)).not.toContain(true);
  });

  it('does not come of new sounds that are louder each time, but have not been round', () => {
    const ringing = new Ringing();
    growing().forEach((one) => ringing.add(0, one));
    expect(howlOf([['room', ringing]], 9)).toEqual([]);
  });

  it('stays while the peak stands, and is over when it has fallen by 6 dB', () => {
    const found = howlsAfter([...growing(), peak(-33), peak(-36), peak(-38.9), peak(-39.1)]);
    expect(found.slice(7)).toEqual([true, true, true, true, false]);
  });
});
