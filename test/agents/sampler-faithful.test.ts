import { expect, test } from 'vitest';
import { faithfulPlayback, mfcc39 } from '../../src/audio/index.js';
import {
  at,
  corpus,
  frames,
  matchesOf,
  melody,
  play,
  query,
  soundOf,
  units,
} from './sampler-play.js';

test('plays sample for sample what the original plays', async () => {
  const sound = melody(2);
  const asked = frames(mfcc39(sound), 20, 40);
  const said = await play({ mode: 'faithful' }, [corpus(sound, 'una.1'), query(asked)]);
  const source = Int16Array.from(sound.channels[0]!, (x) => x * 32_768);
  const matches = Array.from({ length: 40 }, (_, i) => ({ source, sample: (20 + i) * 1024 }));
  const expected = faithfulPlayback(matches).samples;
  expect(expected).toHaveLength(21_652);
  expect(units(said)).toEqual(matches.map(({ sample }) => `una.1@${sample}`));
  const heard = soundOf(said);
  expect(Int16Array.from(heard, (x) => x * 32_768)).toEqual(expected);
});

test('takes the first of equal frames and repeats without shame', async () => {
  const sound = melody(1);
  const asked = frames(mfcc39(sound), 9, 1);
  const twice = { ...asked, rows: 2, data: Float32Array.of(...asked.data, ...asked.data) };
  const louder = { ...sound, channels: [sound.channels[0]!.map((x) => x * 0.999)] };
  const said = await play({ mode: 'faithful' }, [
    corpus(sound, 'a.1'),
    corpus(louder, 'a.2'),
    query(twice),
  ]);
  expect(units(said)).toEqual(['a.1@9216', 'a.1@9216']);
  expect(matchesOf(said).list[0]?.distance).toBe(0);
});

test('leaves out what the original fails at, a match at the end of a recording', async () => {
  const sound = { sampleRate: 44_100, channels: [melody(2).channels[0]!.slice(0, 64 * 1024)] };
  const all = mfcc39(sound);
  const order = [64, 20, 64, 21, 22, 64];
  const data = Float32Array.from(order.flatMap((frame) => [...frames(all, frame, 1).data]));
  const asked = { ...all, rows: order.length, data };
  const said = await play({ mode: 'faithful' }, [corpus(sound, 'una.1'), query(asked)]);
  const source = Int16Array.from(sound.channels[0]!, (x) => x * 32_768);
  const matches = [20, 21, 22].map((frame) => ({ source, sample: frame * 1024 }));
  expect(units(said)).toEqual(order.map((frame) => `una.1@${frame * 1024}`));
  expect(at(said, 'notes')[0]?.signal).toEqual({ name: 'skipped', value: 3 });
  expect(Int16Array.from(soundOf(said), (x) => x * 32_768)).toEqual(
    faithfulPlayback(matches).samples,
  );
});
