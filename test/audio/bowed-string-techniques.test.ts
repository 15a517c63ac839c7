import { describe, expect, test } from 'vitest';
import { type Technique, pitchTrack, simpleDescriptors } from '../../src/audio/index.js';
import {
  RATE,
  audio,
  centroidOf,
  energyAt,
  levels,
  middle,
  pitchOf,
  play,
  pulsation,
} from './bowed-string-measure.js';

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
      expect(10 * Math.log10(energyAt(samples, string) / sounding)).toBeLessThan(-30);
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
