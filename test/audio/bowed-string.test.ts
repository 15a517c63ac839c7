import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Note,
  TECHNIQUES,
  type Technique,
  onsets,
  peakDb,
  pitchTrack,
  playNote,
  playPhrase,
  rmsDb,
  simpleDescriptors,
} from '../../src/audio/index.js';
import { seededRandom } from '../../src/core/index.js';

const RATE = 44_100;
const SUSTAINED: readonly Technique[] = [
  'ordinario',
  'detache',
  'harmonics',
  'sul-ponticello',
  'glissando',
];

function play(note: Partial<Note> & { technique: Technique }, seed = 1): Float32Array {
  const random = seededRandom(seed, 'bow');
  return playNote({ f0Hz: 440, seconds: 1, ...note }, { sampleRate: RATE, random });
}

function audio(samples: Float32Array): { sampleRate: number; channels: Float32Array[] } {
  return { sampleRate: RATE, channels: [samples] };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Hertz in the middle of a note, by the median of what the pitch tracker hears. */
function pitchOf(samples: Float32Array): number {
  const part = samples.subarray(Math.round(0.25 * RATE), Math.round(0.9 * RATE));
  const track = pitchTrack(audio(part), { hopLength: 512, frameLength: 4096 });
  return middle(track.map(({ f0Hz }) => f0Hz));
}

function centroidOf(technique: Technique): number {
  const part = play({ technique }).subarray(0.3 * RATE, 0.8 * RATE);
  const { centroid } = simpleDescriptors(audio(part));
  return middle([...centroid]);
}

/** Level of every 10 ms, in decibels. */
function levels(samples: Float32Array): readonly number[] {
  const hop = RATE / 100;
  return Array.from({ length: Math.floor(samples.length / hop) }, (_, i) =>
    rmsDb(audio(samples.subarray(i * hop, (i + 1) * hop))),
  );
}

/** How strongly the level goes up and down at a rate, against its mean, over the middle of a note. */
function pulsation(samples: Float32Array, hz: number): number {
  const inside = levels(samples)
    .slice(20, 180)
    .map((db) => 10 ** (db / 20));
  const mean = inside.reduce((sum, x) => sum + x, 0) / inside.length;
  const [re, im] = [Math.cos, Math.sin].map((wave) =>
    inside.reduce((sum, x, i) => sum + (x - mean) * wave((2 * Math.PI * hz * i) / 100), 0),
  );
  return (2 * Math.hypot(re!, im!)) / inside.length / mean;
}

/** Energy at a frequency, by correlation with one second of it under a window. */
function energyAt(samples: Float32Array, hz: number): number {
  let [re, im] = [0, 0];
  const length = Math.round(0.5 * RATE);
  for (let i = 0; i < length; i++) {
    const x = samples[i + 0.3 * RATE]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
    re += x * Math.cos((2 * Math.PI * hz * i) / RATE);
    im += x * Math.sin((2 * Math.PI * hz * i) / RATE);
  }
  return re * re + im * im;
}

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

describe('its techniques', () => {
  test('ordinario speaks within a tenth of a second and holds its level', () => {
    const level = levels(play({ technique: 'ordinario', vibrato: 0 }));
    const held = level.slice(12, 85);
    expect(Math.max(...held) - Math.min(...held)).toBeLessThan(4);
  });

  test('vibrato moves the pitch round its middle', () => {
    const still = play({ technique: 'ordinario', vibrato: 0 });
    const moving = play({ technique: 'ordinario', vibrato: 1 });
    const spread = (samples: Float32Array): number => {
      const part = audio(samples.subarray(0.5 * RATE, 0.9 * RATE));
      const heard = pitchTrack(part, { hopLength: 256 }).map(({ f0Hz }) => f0Hz);
      return 1200 * Math.log2(Math.max(...heard) / Math.min(...heard));
    };
    expect(spread(still)).toBeLessThan(8);
    expect(spread(moving)).toBeGreaterThan(50);
    expect(Math.abs(1200 * Math.log2(pitchOf(moving) / 440))).toBeLessThan(40);
  });

  test('détaché begins quicker than ordinario', () => {
    const rise = (technique: Technique): number => {
      const level = levels(play({ technique, vibrato: 0 }));
      const held = middle(level.slice(20, 80));
      return level.findIndex((db) => db > held - 3);
    };
    expect(rise('detache')).toBeLessThan(rise('ordinario'));
  });

  test.each([2, 3, 4])(
    'a harmonic leaves partial %i of its string and silences the rest',
    (partial) => {
      const samples = play({ technique: 'harmonics', f0Hz: 880, partial });
      const string = 880 / partial;
      const sounding = energyAt(samples, 880);
      expect(sounding).toBeGreaterThan(0);
      expect(10 * Math.log10(energyAt(samples, string) / sounding)).toBeLessThan(-40);
      expect(10 * Math.log10(energyAt(samples, 880 + string) / sounding)).toBeLessThan(-30);
      expect(Math.abs(1200 * Math.log2(pitchOf(samples) / 880))).toBeLessThan(15);
    },
  );

  test('a trill goes between two pitches', () => {
    const samples = play({ technique: 'trill', toF0Hz: 493.88, strokesHz: 6 });
    const heard = pitchTrack(audio(samples.subarray(0.2 * RATE, 0.9 * RATE)), { hopLength: 256 });
    const near = (hz: number): number =>
      heard.filter(({ f0Hz }) => Math.abs(1200 * Math.log2(f0Hz / hz)) < 30).length / heard.length;
    expect(near(440)).toBeGreaterThan(0.2);
    expect(near(493.88)).toBeGreaterThan(0.2);
  });

  test('a tremolo pulses at its stroke rate, an ordinario does not', () => {
    const tremolo = play({ technique: 'tremolo', seconds: 2, strokesHz: 10 });
    const ordinario = play({ technique: 'ordinario', seconds: 2, vibrato: 0 });
    expect(pulsation(tremolo, 10)).toBeGreaterThan(0.2);
    expect(pulsation(ordinario, 10)).toBeLessThan(0.05);
  });

  test('sul ponticello is brighter than ordinario, harmonics are darker', () => {
    expect(centroidOf('sul-ponticello')).toBeGreaterThan(1.2 * centroidOf('ordinario'));
    expect(centroidOf('harmonics')).toBeLessThan(0.95 * centroidOf('ordinario'));
  });

  test('a glissando goes from one pitch to the other and through those between', () => {
    const samples = play({ technique: 'glissando', f0Hz: 330, toF0Hz: 660 });
    const track = pitchTrack(audio(samples.subarray(0.1 * RATE, 0.95 * RATE)), { hopLength: 512 });
    const heard = track.map(({ f0Hz }) => f0Hz);
    expect(heard[0]).toBeCloseTo(330, -1);
    expect(heard.at(-1)).toBeCloseTo(660, -1);
    const between = heard.filter((hz) => hz > 380 && hz < 600);
    expect(between.length).toBeGreaterThan(8);
    expect(between).toEqual(between.toSorted((a, b) => a - b));
  });

  test('pizzicato begins at once and dies away', () => {
    const level = levels(play({ technique: 'pizzicato', seconds: 1.2 }));
    expect(level.indexOf(Math.max(...level))).toBeLessThan(5);
    expect(level[100]!).toBeLessThan(level[3]! - 25);
  });

  test('col legno is a short noise', () => {
    const samples = play({ technique: 'col-legno', seconds: 0.6 });
    const level = levels(samples);
    expect(level.indexOf(Math.max(...level))).toBeLessThan(3);
    expect(level[25]!).toBeLessThan(Math.max(...level) - 20);
    const flatness = (part: Float32Array): number =>
      middle([...simpleDescriptors(audio(part)).flatness]);
    const bowed = play({ technique: 'ordinario' }).subarray(0.3 * RATE, 0.4 * RATE);
    expect(flatness(samples.subarray(0, 0.06 * RATE))).toBeGreaterThan(3 * flatness(bowed));
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
