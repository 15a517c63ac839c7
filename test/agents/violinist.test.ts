import { join } from 'node:path';
import { expect, test } from 'vitest';
import { playPhrase, type Technique } from '../../src/audio/index.js';
import { violinist } from '../../src/agents/kinds/violinist.js';
import { notesIn } from '../../src/agents/violin/hearing.js';
import { type Audio, seededRandom } from '../../src/core/index.js';
import { type Given, hiss, rehearse, silence, sine } from '../../src/testing/index.js';

const RATE = 44_100;

function line(
  pitches: readonly number[],
  seconds: number,
  technique: Technique = 'detache',
): Audio {
  const notes = pitches.map((f0Hz, i) => ({ technique, f0Hz, seconds, startSeconds: i * seconds }));
  const random = seededRandom(9, 'line');
  return { sampleRate: RATE, channels: [playPhrase(notes, { sampleRate: RATE, random })] };
}

function heard(signal: Audio, at = 0): Given {
  return { port: 'heard', signal, at };
}

function secondsOf(audio: Audio): number {
  return audio.channels[0]!.length / audio.sampleRate;
}

function centsApart(a: number, b: number): number {
  return Math.abs(1200 * Math.log2(a / b));
}

test('an imitation follows the pitches and the rhythm that she heard', async () => {
  const pitches = [440, 659.26, 523.25, 587.33];
  const asked = line(pitches, 0.6);
  const [said] = await rehearse(violinist, { temper: 'imitate' }, [heard(asked)]);
  const notes = notesIn(said!.signal as Audio).filter(({ seconds }) => seconds > 0.2);
  expect(notes).toHaveLength(pitches.length);
  notes.forEach(({ f0Hz, startSeconds }, i) => {
    expect(centsApart(f0Hz, pitches[i]!)).toBeLessThan(40);
    expect(Math.abs(startSeconds - i * 0.6)).toBeLessThan(0.1);
  });
});

test('she waits until what she heard has ended', async () => {
  const asked = line([440, 550], 0.5);
  const given = [heard(asked, 1000)];
  const [said] = await rehearse(violinist, { temper: 'answer', wait: 0.25 }, given);
  const end = 1000 + asked.channels[0]!.length;
  expect(said!.at).toBe(end + Math.round(0.25 * RATE));
  expect(said!.parents).toEqual([{ id: 'given.1', lap: 0 }]);
});

test('her phrases never overlap and never pass their length, however much she hears', async () => {
  const asked = line([330, 392, 494], 0.25);
  const given = Array.from({ length: 30 }, (_, i) => heard(asked, i * 20_000));
  const said = await rehearse(violinist, { phrase: 2, wait: 0 }, given);
  expect(said.length).toBeGreaterThan(2);
  let end = 0;
  for (const { at, signal } of said) {
    expect(at).toBeGreaterThanOrEqual(end);
    end = at + (signal as Audio).channels[0]!.length;
    expect(secondsOf(signal as Audio)).toBeLessThanOrEqual(2.45);
  }
});

test('what she heard while she played is cited by her next phrase, once', async () => {
  const asked = line([330, 392], 0.3);
  const given = [0, 0.2, 0.4, 9].map((at) => heard(asked, at * RATE));
  const said = await rehearse(violinist, { temper: 'imitate', memory: 20 }, given);
  const cited = said.map(({ parents }) => parents.map(({ id }) => id));
  expect(cited).toEqual([['given.1'], ['given.2', 'given.3', 'given.4']]);
});

test('she rests in silence, and then plays again', async () => {
  const asked = line([440], 0.4);
  const given = Array.from({ length: 40 }, (_, i) => heard(asked, i * RATE));
  expect(await rehearse(violinist, { temper: 'rest' }, given.slice(0, 5))).toEqual([]);
  const temper = { imitate: 1, rest: 1 };
  const steps = (await rehearse(violinist, { temper }, given)).map(({ step }) => step);
  const pauses = steps.slice(1).map((step, i) => step - steps[i]!);
  expect(Math.max(...pauses)).toBeGreaterThan(3);
  expect(steps.length).toBeGreaterThan(3);
});

test('silence is not answered, noise is', async () => {
  expect(await rehearse(violinist, { temper: 'answer' }, [heard(silence())])).toEqual([]);
  const noise = await rehearse(violinist, { temper: 'imitate' }, [heard(hiss(3))]);
  expect(noise).toHaveLength(1);
});

test('a contrast to high quick notes is low and slow', async () => {
  const asked = line([1760, 1975, 1568, 2093, 1760, 1568, 1760, 2093], 0.2);
  const [said] = await rehearse(violinist, { temper: 'contrast' }, [heard(asked)]);
  const pitched = notesIn(said!.signal as Audio).filter(({ f0Hz }) => f0Hz > 0);
  for (const { f0Hz } of pitched) expect(f0Hz).toBeLessThan(1000);
  expect(pitched.length).toBeGreaterThan(0);
});

test('descriptors that coloured a phrase are among its parents', async () => {
  const names = ['centroid', 'flatness', 'rolloff', 'f0', 'rms'];
  const data = Float32Array.of(5000, 0, 0, 0, 0);
  const colour = { rows: 1, columns: 5, data, names, hopLength: 1024, sampleRate: RATE };
  const given = [
    { port: 'descriptors', signal: colour, id: 'ear.1', lap: 3 },
    heard(sine(440), 10),
  ];
  const [said] = await rehearse(violinist, { temper: 'imitate' }, given);
  expect(said!.parents.map(({ id }) => id)).toEqual(['given.2', 'ear.1']);
  expect(said!.lap).toBe(3);
});

test('a recording plays in her place and is cited', async () => {
  const recording = join('corpus', 'violin', 'trill.flac');
  const params = { temper: 'answer', recording, phrase: 2 };
  const [said] = await rehearse(violinist, params, [heard(sine(440))]);
  expect(said!.origins[0]!.file).toBe('trill.flac');
  expect(secondsOf(said!.signal as Audio)).toBe(2);
});

test('of a very long sound she remembers the end', async () => {
  const asked = line([330, 349, 392, 440, 494, 523, 587, 659], 0.5);
  const [said] = await rehearse(violinist, { temper: 'imitate', memory: 1 }, [heard(asked)]);
  expect(secondsOf(said!.signal as Audio)).toBeLessThan(1.6);
  const [first] = notesIn(said!.signal as Audio);
  expect(first!.f0Hz).toBeGreaterThan(550);
});

test('another seed plays another phrase', async () => {
  const asked = [heard(line([440, 550, 660], 0.4))];
  const phrase = async (seed: number): Promise<unknown> =>
    (await rehearse(violinist, { temper: 'answer' }, asked, { seed }))[0]!.signal;
  expect(await phrase(1)).toEqual(await phrase(1));
  expect(await phrase(1)).not.toEqual(await phrase(2));
});
