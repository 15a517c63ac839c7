import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  TECHNIQUES,
  type Technique,
  onsets,
  peakDb,
  pitchTrack,
  playNote,
  playPhrase,
  rmsDb,
} from '../../src/audio/index.js';
import { seededRandom } from '../../src/core/index.js';
import { RATE, audio, middle, pitchOf, play } from './bowed-string-measure.js';

const SUSTAINED: readonly Technique[] = [
  'ordinario',
  'detache',
  'harmonics',
  'sul-ponticello',
  'glissando',
];

describe('a bowed string', () => {
  // G3 to E7 by fourths, between the semitones too.
  const pitches = Array.from({ length: 10 }, (_, i) => 196 * 2 ** ((i * 5) / 12 + i / 97));

  test.each(SUSTAINED)('is in tune from G3 to E7: %s', (technique) => {
    for (const f0Hz of [...pitches.filter((hz) => hz < 2637), 2637]) {
      const heard = pitchOf(play({ technique, f0Hz, toF0Hz: f0Hz, vibrato: 0 }));
      expect(Math.abs(1200 * Math.log2(heard / f0Hz)), `${technique} at ${f0Hz} Hz`).toBeLessThan(
        15,
      );
    }
  });

  test.each([196, 311.13, 440, 880, 1318.5])('is in tune when plucked, at %f Hz', (f0Hz) => {
    const part = play({ technique: 'pizzicato', f0Hz }).subarray(0.02 * RATE, 0.3 * RATE);
    const heard = middle(pitchTrack(audio(part)).map((pitch) => pitch.f0Hz));
    expect(Math.abs(1200 * Math.log2(heard / f0Hz))).toBeLessThan(15);
  });

  test.each(TECHNIQUES)('is bounded, finite and not silent at every rate: %s', (technique) => {
    for (const sampleRate of [16_000, 22_050, 48_000, 96_000]) {
      const options = { sampleRate, random: seededRandom(2, 'rate') };
      const samples = playNote({ technique, f0Hz: 523.25, seconds: 0.4 }, options);
      const sound = { sampleRate, channels: [samples] };
      expect(peakDb(sound)).toBeLessThanOrEqual(-1 + 1e-3);
      expect(rmsDb(sound)).toBeGreaterThan(-45);
    }
  });

  test('is bounded and finite whatever is asked of it', () => {
    const wild = fc.oneof(fc.double(), fc.double({ min: -1e4, max: 1e4 }), fc.constant(0));
    const note = fc.record({
      technique: fc.constantFrom(...TECHNIQUES),
      f0Hz: wild,
      toF0Hz: wild,
      seconds: fc.oneof(fc.double({ min: -1, max: 0.3 }), fc.constant(Number.NaN)),
      loudnessDb: wild,
      vibrato: wild,
      partial: wild,
      strokesHz: wild,
    });
    fc.assert(
      fc.property(note, fc.nat(), (asked, seed) => {
        const options = { sampleRate: 16_000, random: seededRandom(seed, 'wild') };
        const samples = playNote(asked, options);
        expect(samples.length).toBeGreaterThan(0);
        expect(samples.every(Number.isFinite)).toBe(true);
        expect(peakDb({ sampleRate: 16_000, channels: [samples] })).toBeLessThanOrEqual(-1 + 1e-3);
      }),
      { numRuns: 60 },
    );
  });

  test.each(TECHNIQUES)(
    'plays the same for a seed and not the same for another: %s',
    (technique) => {
      const note = { technique, seconds: 0.2 };
      expect(play(note, 1)).toEqual(play(note, 1));
      if (technique !== 'pizzicato') expect(play(note, 1)).not.toEqual(play(note, 2));
    },
  );

  test('is as loud as it is asked to be', () => {
    for (const loudnessDb of [-40, -25, -12]) {
      const samples = play({ technique: 'ordinario', loudnessDb });
      const held = samples.subarray(0.2 * RATE, 0.9 * RATE);
      expect(Math.abs(rmsDb(audio(held)) - loudnessDb)).toBeLessThan(1.5);
    }
  });
});

describe('a phrase', () => {
  test('places its notes where they belong and stays under −1 dBFS', () => {
    const starts = [0, 0.5, 1.1];
    const notes = starts.map((startSeconds, i) => ({
      technique: 'detache' as const,
      f0Hz: 330 * (1 + i / 4),
      seconds: 0.4,
      startSeconds,
      loudnessDb: -8,
    }));
    const samples = playPhrase(notes, { sampleRate: RATE, random: seededRandom(4, 'phrase') });
    const heard = onsets(audio(samples)).map(({ sample }) => sample / RATE);
    expect(heard).toHaveLength(3);
    heard.forEach((at, i) => expect(Math.abs(at - starts[i]!)).toBeLessThan(0.05));
    expect(peakDb(audio(samples))).toBeLessThanOrEqual(-1 + 1e-3);
  });

  test('of no notes is no sound', () => {
    expect(playPhrase([], { sampleRate: RATE, random: seededRandom(1) })).toHaveLength(0);
  });
});
