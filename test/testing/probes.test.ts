import { expect, test } from 'vitest';
import { peakDb, pitchTrack, rmsDb } from '../../src/audio/index.js';
import { chirp, click, hiss, silence, sine } from '../../src/testing/index.js';

test('a sine has its pitch and its peak', () => {
  const tone = sine(330, { peak: 0.25 });
  expect(pitchTrack(tone)[10]!.f0Hz).toBeCloseTo(330, 0);
  expect(peakDb(tone)).toBeCloseTo(-12.04, 1);
});

test('a chirp begins and ends at its frequencies and is in the middle between', () => {
  const track = pitchTrack(chirp(200, 800), { hopLength: 441 }).map(({ f0Hz }) => f0Hz);
  expect(track[0]! / 200).toBeCloseTo(1, 1);
  expect(track.at(-1)! / 800).toBeCloseTo(1, 1);
  expect(track[Math.floor(track.length / 2)]! / 400).toBeCloseTo(1, 1);
});

test('a chirp that goes nowhere is a tone', () => {
  expect(pitchTrack(chirp(440, 440))[5]!.f0Hz).toBeCloseTo(440, 0);
});

test('noise repeats under its seed only', () => {
  expect(hiss(1)).toEqual(hiss(1));
  expect(hiss(1)).not.toEqual(hiss(2));
  expect(rmsDb(hiss(1))).toBeCloseTo(-10.8, 0);
});

test('silence and a click are what they say', () => {
  expect(silence({ seconds: 0.5, sampleRate: 8000 }).channels[0]).toEqual(new Float32Array(4000));
  expect(click().channels[0]!.reduce((sum, x) => sum + x, 0)).toBe(0.5);
});
