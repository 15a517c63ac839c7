import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlacedNote } from '../../src/audio/index.js';
import type { HeardNote } from '../../src/agents/violin/hearing.js';
import { HIGHEST_HZ, LOWEST_HZ } from '../../src/agents/violin/range.js';
import { replyTo } from '../../src/agents/violin/reply.js';
import { type Temper, drawTemper, temperParam } from '../../src/agents/violin/temper.js';
import { withTrills } from '../../src/agents/violin/trill.js';
import { seededRandom } from '../../src/core/index.js';

function note(startSeconds: number, f0Hz: number, seconds = 0.3): HeardNote {
  return { startSeconds, seconds, f0Hz, toF0Hz: f0Hz, loudnessDb: -20, fallDb: 0, flutterDb: 1 };
}

function reply(temper: Temper, heard: readonly HeardNote[], seed = 1): readonly PlacedNote[] {
  const colour = { brightness: 0.3, restlessness: 0.1 };
  const random = seededRandom(seed, 'reply');
  return replyTo(temper, { heard, colour, loudnessDb: -18, secondsMax: 6, random });
}

const heardNote = fc
  .record({
    startSeconds: fc.double({ min: 0, max: 20, noNaN: true }),
    seconds: fc.double({ min: 0.05, max: 5, noNaN: true }),
    f0Hz: fc.oneof(fc.constant(0), fc.double({ min: 20, max: 20_000, noNaN: true })),
    loudnessDb: fc.double({ min: -60, max: 0, noNaN: true }),
    fallDb: fc.double({ min: -20, max: 40, noNaN: true }),
    flutterDb: fc.double({ min: 0, max: 20, noNaN: true }),
  })
  .map((one): HeardNote => ({ ...one, toF0Hz: one.f0Hz }));

test('whatever she heard, her phrase is bounded and within the violin', () => {
  const temper = fc.constantFrom<Temper>('imitate', 'answer', 'contrast', 'ornament');
  const heard = fc.array(heardNote, { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(temper, heard, fc.nat(), (which, notes, seed) => {
      const sorted = notes.toSorted((a, b) => a.startSeconds - b.startSeconds);
      const phrase = reply(which, sorted, seed);
      expect(phrase.length).toBeGreaterThan(0);
      expect(phrase.length).toBeLessThanOrEqual(32);
      for (const { f0Hz, startSeconds, seconds } of phrase) {
        expect(f0Hz).toBeGreaterThanOrEqual(LOWEST_HZ - 1e-6);
        expect(f0Hz).toBeLessThanOrEqual(HIGHEST_HZ + 1e-6);
        expect(startSeconds).toBeGreaterThanOrEqual(0);
        expect(startSeconds + seconds).toBeLessThanOrEqual(6 + 1e-9);
      }
    }),
  );
});

test('an answer begins at an interval, goes on, and rests on the first pitch it was asked', () => {
  const phrase = reply('answer', [note(0, 440), note(0.4, 494)]);
  expect(phrase.length).toBeGreaterThan(3);
  expect(Math.abs(Math.log2(phrase[0]!.f0Hz / 440))).toBeGreaterThan(0.2);
  expect(phrase.at(-1)!.f0Hz).toBeCloseTo(440, 6);
  expect(phrase.at(-1)!.seconds).toBeGreaterThan(1);
});

test('ornaments put trills on long notes and turns on shorter ones', () => {
  const phrase = reply('ornament', [note(0, 440, 1.2), note(1.3, 494, 0.4)]);
  expect(phrase[0]!.technique).toBe('trill');
  expect(phrase.slice(1).map(({ f0Hz }) => Math.round(f0Hz))).toEqual([554, 494, 466, 494]);
});

test('a contrast plays many notes to one long one, in another manner', () => {
  const phrase = reply('contrast', [note(0, 300, 3)]);
  expect(phrase.length).toBeGreaterThanOrEqual(8);
  for (const { f0Hz, technique } of phrase) {
    expect(f0Hz).toBeGreaterThan(1000);
    expect(technique).not.toBe('ordinario');
  }
});

test('a slide is imitated by a glissando, a falling short note by a pizzicato', () => {
  const slide = { ...note(0, 440, 0.8), toF0Hz: 660 };
  const [glissando] = reply('imitate', [slide]);
  expect(glissando).toMatchObject({ technique: 'glissando', f0Hz: 440, toF0Hz: 660 });
  const [plucked] = reply('imitate', [{ ...note(0, 440, 0.4), fallDb: 15 }]);
  expect(plucked!.technique).toBe('pizzicato');
});

test('a quick alternation of two pitches is heard as one trill and imitated as one', () => {
  const alternating = Array.from({ length: 8 }, (_, i) => note(i * 0.14, i % 2 ? 494 : 440, 0.14));
  const heard = withTrills([note(-1, 330), ...alternating, note(1.3, 660)]);
  expect(heard.map(({ f0Hz }) => f0Hz)).toEqual([330, 440, 660]);
  const trill = reply('imitate', heard)[1]!;
  expect(trill).toMatchObject({ technique: 'trill', f0Hz: 440 });
  expect(trill.toF0Hz).toBeCloseTo(494, 6);
  expect(trill.strokesHz).toBeCloseTo(1 / 0.14, 6);
});

test('a scale of quick notes is no trill', () => {
  const scale = [440, 494, 523, 587, 659].map((f0Hz, i) => note(i * 0.14, f0Hz, 0.14));
  expect(withTrills(scale)).toEqual(scale);
});

test('tempers are drawn by their weights', () => {
  const random = seededRandom(2, 'temper');
  const written = temperParam.parse({ imitate: 3, rest: 1 });
  const drawn = Array.from({ length: 4000 }, () => drawTemper(written, random));
  const rests = drawn.filter((temper) => temper === 'rest').length;
  expect(new Set(drawn)).toEqual(new Set(['imitate', 'rest']));
  expect(Math.abs(rests - 1000)).toBeLessThan(120);
});
