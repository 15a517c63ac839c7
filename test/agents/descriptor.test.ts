import { expect, test } from 'vitest';
import { mfcc39 } from '../../src/audio/index.js';
import { descriptor } from '../../src/agents/kinds/descriptor.js';
import type { Audio, Descriptors } from '../../src/core/index.js';
import { chirp, rehearse, silence, sine } from '../../src/testing/index.js';

async function heard(audio: Audio, params: object = {}): Promise<Descriptors> {
  const [said] = await rehearse(descriptor, params, [{ port: 'audio', signal: audio }]);
  return said!.signal as Descriptors;
}

test('the ear says the 39 numbers of the audio room, at hop 1024', async () => {
  const sound = chirp(200, 2000);
  const said = await heard(sound);
  expect(said).toEqual(mfcc39(sound));
  expect([said.columns, said.hopLength, said.names[38]]).toEqual([39, 1024, 'mfcc38']);
});

test('the simple set finds the pitch and the level of a tone', async () => {
  const said = await heard(sine(440, { peak: 0.5 }), { set: 'simple' });
  const row = said.data.subarray(20 * 5, 21 * 5);
  expect(said.names).toEqual(['centroid', 'flatness', 'rolloff', 'f0', 'rms']);
  expect(Math.abs(row[3]! - 440)).toBeLessThan(3);
  expect(row[4]).toBeCloseTo(0.5 / Math.SQRT2, 2);
});

test('a sound of another rate is described at the rate of the scenario', async () => {
  const said = await heard(sine(440, { sampleRate: 22_050 }), { set: 'simple' });
  expect(said.sampleRate).toBe(44_100);
  expect(Math.abs(said.data[20 * 5 + 3]! - 440)).toBeLessThan(3);
});

test('a sound shorter than nine frames is described as if silence followed', async () => {
  const said = await heard(sine(440, { seconds: 0.05 }));
  expect(said.rows).toBe(9);
});

test('a sound without samples is not answered', async () => {
  const given = [{ port: 'audio', signal: silence({ seconds: 0 }) }];
  expect(await rehearse(descriptor, {}, given)).toEqual([]);
});

test('Meyda speaks under names of its own, as many columns as it names', async () => {
  const said = await heard(chirp(200, 2000), { set: 'meyda' });
  expect(said.names.every((name) => name.startsWith('meyda.'))).toBe(true);
  expect(said.columns).toBe(said.names.length);
  expect(said.rows).toBeGreaterThan(30);
});
