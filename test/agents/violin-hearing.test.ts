import { expect, test } from 'vitest';
import { type Technique, mfcc39, playPhrase } from '../../src/audio/index.js';
import { PLAIN, colourOf } from '../../src/agents/violin/colour.js';
import { notesIn } from '../../src/agents/violin/hearing.js';
import { techniqueLike } from '../../src/agents/violin/technique.js';
import { withTrills } from '../../src/agents/violin/trill.js';
import { type Audio, seededRandom } from '../../src/core/index.js';
import { hiss, silence, sine } from '../../src/testing/index.js';

const RATE = 44_100;

/** What she would play a note with after hearing it played with a technique. */
function recognised(technique: Technique, f0Hz: number): Technique {
  const note = { technique, f0Hz, seconds: 1, startSeconds: 0 };
  const random = seededRandom(5, 'hands');
  const sound: Audio = {
    sampleRate: RATE,
    channels: [playPhrase([note], { sampleRate: RATE, random })],
  };
  const [heard] = withTrills(notesIn(sound)).toSorted((a, b) => b.seconds - a.seconds);
  return techniqueLike(heard!, PLAIN, seededRandom(1, 'ear'));
}

test.each<Technique>(['ordinario', 'trill', 'tremolo', 'glissando', 'pizzicato'])(
  'she recognises her own %s',
  (technique) => {
    for (const f0Hz of [330, 587.33, 880]) expect(recognised(technique, f0Hz)).toBe(technique);
  },
);

test('two notes without a gap are heard as two', () => {
  const [low, high] = [sine(440, { seconds: 0.5 }), sine(494, { seconds: 0.5 })];
  const joined = Float32Array.of(...low.channels[0]!, ...high.channels[0]!);
  const notes = notesIn({ sampleRate: RATE, channels: [joined] });
  expect(notes.map(({ f0Hz }) => Math.round(f0Hz))).toEqual([440, 494]);
});

test('silence holds no notes, noise holds one without pitch', () => {
  expect(notesIn(silence())).toEqual([]);
  const noise = notesIn(hiss(1));
  expect(noise.length).toBeGreaterThan(0);
  expect(noise.every(({ f0Hz }) => f0Hz === 0)).toBe(true);
});

test('noise is brighter than a low tone, by its descriptors', () => {
  const noise = colourOf(mfcc39(hiss(1)))!;
  const tone = colourOf(mfcc39(sine(220)))!;
  expect(noise.brightness).toBeGreaterThan(tone.brightness + 0.2);
});

test('descriptors without frames, or of another sort, say nothing to her', () => {
  const empty = { rows: 0, columns: 1, data: new Float32Array(0), names: ['centroid'] };
  const other = { rows: 1, columns: 1, data: Float32Array.of(3), names: ['warmth'] };
  for (const one of [empty, other]) {
    expect(colourOf({ ...one, hopLength: 1024, sampleRate: RATE })).toBeUndefined();
  }
});
