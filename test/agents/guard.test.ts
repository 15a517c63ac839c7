import fc from 'fast-check';
import { expect, test } from 'vitest';
import { peakDb } from '../../src/audio/index.js';
import { guard } from '../../src/agents/kinds/guard.js';
import type { Audio } from '../../src/core/index.js';
import { hiss, rehearse, sine } from '../../src/testing/index.js';

async function guarded(audio: Audio, params: object = {}): Promise<Audio> {
  const [said] = await rehearse(guard, params, [{ port: 'audio', signal: audio }]);
  return said!.signal as Audio;
}

test('whatever comes, what leaves is finite, under the ceiling and as long', async () => {
  const sample = fc.oneof(fc.float(), fc.constantFrom(Number.NaN, Infinity, -Infinity, 1e30));
  const channel = fc.float32Array({ maxLength: 2000 });
  await fc.assert(
    fc.asyncProperty(channel, fc.array(sample, { maxLength: 20 }), async (samples, spoilt) => {
      const mixed = samples.map((x, i) => (i % 90 === 0 ? (spoilt[i / 90] ?? x) : x));
      const said = await guarded({ sampleRate: 8000, channels: [mixed] });
      expect(said.channels[0]).toHaveLength(mixed.length);
      expect(said.channels[0]!.every(Number.isFinite)).toBe(true);
      expect(peakDb(said)).toBeLessThanOrEqual(-1 + 1e-4);
    }),
    { numRuns: 60 },
  );
});

test('a sound that was safe already is left alone, but for its DC', async () => {
  const tone = sine(440, { peak: 0.5 });
  const said = (await guarded(tone, { dcHz: 0 })).channels[0]!;
  const worst = said.reduce((most, x, i) => Math.max(most, Math.abs(x - tone.channels[0]![i]!)), 0);
  expect(worst).toBeLessThan(1e-6);
});

test('DC is taken out', async () => {
  const tone = sine(440, { peak: 0.2 });
  const raised = { ...tone, channels: [tone.channels[0]!.map((x) => x + 0.3)] };
  const tail = (await guarded(raised)).channels[0]!.subarray(30_000);
  expect(Math.abs(tail.reduce((sum, x) => sum + x, 0) / tail.length)).toBeLessThan(0.001);
});

test('a loop with a gain above one does not grow past the ceiling', async () => {
  let sound = hiss(1, { seconds: 0.2 });
  for (let lap = 0; lap < 12; lap++) {
    const louder = sound.channels.map((channel) => channel.map((x) => x * 3));
    sound = await guarded({ ...sound, channels: louder }, { ceilingDb: -6 });
  }
  expect(peakDb(sound)).toBeLessThanOrEqual(-6 + 1e-4);
  expect(peakDb(sound)).toBeGreaterThan(-8);
});
