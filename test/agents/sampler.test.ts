import { describe, expect, test } from 'vitest';
import { sampler } from '../../src/agents/kinds/sampler.js';
import { mfcc39 } from '../../src/audio/index.js';
import type { Audio } from '../../src/core/index.js';
import { hiss, kindContract, sine } from '../../src/testing/index.js';
import { at, corpus, frames, melody, play, query, soundOf, units } from './sampler-play.js';

for (const { name, run } of kindContract(sampler, { params: { index: 'exact' } })) test(name, run);

for (const { name, run } of kindContract(sampler, { params: { mode: 'faithful' } })) {
  test(`${name}, faithfully`, run);
}

describe('a sampler that remembers nothing', () => {
  test('says that it found nothing and stays alive', async () => {
    const sound = melody(1);
    const said = await play({}, [query(mfcc39(sound)), corpus(sound), query(mfcc39(sound))]);
    expect(said[0]).toMatchObject({ port: 'matches', step: 0, signal: { list: [] } });
    expect(at(said, 'audio')).toHaveLength(1);
  });
});

describe('a sampler in corrected mode', () => {
  test('plays a recording again, uncut, when it is asked for it frame by frame', async () => {
    const sound = melody(2);
    const asked = frames(mfcc39(sound), 8, 24);
    const said = await play({}, [corpus(sound, 'past.1'), query(asked)]);
    expect(units(said)).toEqual([8, 12, 16, 20, 24, 28].map((frame) => `past.1@${frame * 1024}`));
    const heard = soundOf(said);
    const original = sound.channels[0]!.slice(7.5 * 1024, 31.5 * 1024);
    expect(heard).toHaveLength(24 * 1024);
    expect(heard.subarray(1000, 20_000)).toEqual(original.subarray(1000, 20_000));
  });

  test('cites the query and every envelope that sounds, at the oldest lap', async () => {
    const [low, high] = [sine(220), hiss(4)];
    const mixed = mfcc39({
      sampleRate: 44_100,
      channels: [
        Float32Array.of(
          ...low.channels[0]!.slice(0, 12_288),
          ...high.channels[0]!.slice(0, 12_288),
        ),
      ],
    });
    const said = await play({}, [
      { ...corpus(low, 'past.1'), lap: 3 },
      { ...corpus(high, 'mel.7'), lap: 1 },
      { ...query(mixed), id: 'seq.2' },
    ]);
    const audio = at(said, 'audio')[0]!;
    expect(audio.parents[0]).toEqual({ id: 'seq.2', lap: 0 });
    expect(audio.parents.map(({ id }) => id).sort()).toEqual(['mel.7', 'past.1', 'seq.2']);
    expect(audio.lap).toBe(3);
  });

  test('plays nothing twice within its taboo while there is something else', async () => {
    const sound = melody(4);
    const monotone = frames(mfcc39(sound), 40, 1);
    const data = Float32Array.from({ length: 40 * 39 }, (_, i) => monotone.data[i % 39]!);
    const same = { ...monotone, rows: 40, data };
    const said = await play({ taboo: 30 }, [corpus(sound), query(same), query(same)]);
    const starts = units(said).map((unit) => Number(unit.split('@')[1]) / 1024);
    expect(starts).toHaveLength(20);
    for (const [i, start] of starts.entries()) {
      const near = starts.slice(Math.max(0, i - 30), i).filter((one) => Math.abs(one - start) < 4);
      expect(near, `unit ${i}`).toEqual([]);
    }
  });

  test('takes its taboo from a control, and notes a control it does not know', async () => {
    const sound = melody(4);
    const one = frames(mfcc39(sound), 40, 4);
    const to = (name: string) => ({ port: 'control', signal: { name, value: 0 } });
    const asked = [query(one), query(one)];
    const kept = await play({ taboo: 30 }, [corpus(sound), ...asked]);
    const free = await play({ taboo: 30 }, [corpus(sound), to('taboo'), to('mood'), ...asked]);
    expect(new Set(units(kept)).size).toBe(2);
    expect(new Set(units(free)).size).toBe(1);
    expect(at(free, 'notes').map(({ signal }) => signal)).toEqual([{ name: 'unknown', value: 1 }]);
  });

  test('repeats rather than fall silent when it knows too little', async () => {
    const sound = sine(440, { seconds: 0.15 });
    const said = await play({}, [corpus(sound), query(frames(mfcc39(melody(2)), 0, 30))]);
    expect(units(said)).toHaveLength(8);
    expect(new Set(units(said)).size).toBeLessThan(3);
    expect(at(said, 'audio')).toHaveLength(1);
  });

  test.each([1, 100, 512, 1024, 3000, 8191, 8192])(
    'plays from a corpus of %i samples',
    async (n) => {
      const short = { sampleRate: 44_100, channels: [hiss(1).channels[0]!.slice(0, n)] };
      const said = await play({}, [corpus(short), query(frames(mfcc39(melody(1)), 0, 10))]);
      expect(units(said)).toHaveLength(3);
      expect(soundOf(said).length).toBeGreaterThan(0);
    },
  );

  test('understands columns by name and other time grids', async () => {
    const sound = melody(2);
    const asked = frames(mfcc39(sound, { hopLength: 512 }), 16, 48);
    const order = asked.names.map((_, i) => (i * 7) % 39);
    const shuffled = {
      ...asked,
      names: order.map((c) => asked.names[c]!),
      data: asked.data.map((_, i) => asked.data[Math.floor(i / 39) * 39 + order[i % 39]!]!),
    };
    const [one, other] = [
      await play({}, [corpus(sound), query(asked)]),
      await play({}, [corpus(sound), query(shuffled)]),
    ];
    expect(units(one)).toHaveLength(6);
    expect(units(other)).toEqual(units(one));
  });

  test('mends a query that holds numbers that are none, and says how many', async () => {
    const asked = mfcc39(melody(1));
    const data = asked.data.map((x, i) => (i % 100 === 0 ? Number.NaN : x));
    const said = await play({}, [corpus(melody(1)), query({ ...asked, data })]);
    expect(at(said, 'notes')[0]?.signal).toEqual({
      name: 'scrubbed',
      value: Math.ceil(data.length / 100),
    });
    expect(units(said).length).toBeGreaterThan(5);
  });

  test('plays no more of a composition than its brim, and says what it cut', async () => {
    const asked = mfcc39(melody(2));
    const said = await play({ longest: 1 }, [corpus(melody(1)), query(asked)]);
    expect(soundOf(said)).toHaveLength(43 * 1024);
    expect(at(said, 'notes')[0]?.signal).toEqual({ name: 'cut', value: asked.rows - 43 });
  });

  test('refuses a query in words it does not know', async () => {
    const asked = { ...mfcc39(melody(1)), names: Array.from({ length: 39 }, (_, i) => `x${i}`) };
    await expect(play({}, [corpus(melody(1)), query(asked)])).rejects.toThrow(
      /none of the remembered/,
    );
  });
});

describe('a sampler that plays for long', () => {
  const second = (seed: number): Audio => hiss(seed, { seconds: 1 });

  test('remembers a sound that is looped only once', async () => {
    const sound = melody(1);
    const said = await play({ taboo: 0, candidates: 64 }, [
      corpus(sound, 'past.1'),
      corpus(sound, 'past.2'),
      query(mfcc39(sound)),
    ]);
    expect(new Set(units(said).map((unit) => unit.split('@')[0]))).toEqual(new Set(['past.1']));
  });

  test('forgets the oldest at its brim, kept agents last', async () => {
    const given = [1, 2, 3, 4, 5, 6].map((n) => corpus(second(n), n === 1 ? 'past.1' : `mel.${n}`));
    const asked = [1, 2, 5, 6].map((n) => query(mfcc39(second(n))));
    const said = await play({ memory: 3, keep: ['past'], taboo: 0 }, [...given, ...asked]);
    const known = new Set(units(said).map((unit) => unit.split('@')[0]));
    expect([...known].sort()).toEqual(['mel.5', 'mel.6', 'past.1']);
  });

  test('gives away what it never matched, once, and not too often', async () => {
    const given = Array.from({ length: 30 }, (_, i) => ({
      ...corpus(second(i), `mel.${i}`),
      at: i * 44_100,
    }));
    const said = await play({ memory: 5, debrisAfter: 100, debrisEvery: 4 }, given);
    const debris = at(said, 'debris');
    expect(debris.map(({ step }) => step)).toEqual([5, 9, 13, 17, 21, 25, 29]);
    expect(debris.map(({ parents }) => parents[0]?.id)).toEqual(
      [0, 4, 8, 12, 16, 20, 24].map((n) => `mel.${n}`),
    );
  });

  test('finds the same whether it heard all at once or grew between queries', async () => {
    const sounds = Array.from({ length: 9 }, (_, i) => corpus(second(i), `mel.${i}`));
    const last = query(mfcc39(second(6)));
    const grown = await play(
      { taboo: 0 },
      sounds.flatMap((sound) => [sound, last]),
    );
    const atOnce = await play({ taboo: 0 }, [...sounds, last]);
    expect(units(grown).slice(-11)).toEqual(units(atOnce).slice(-11));
  });

  test('takes descriptors from others when it is told so', async () => {
    const sound = melody(1);
    const frames39 = mfcc39(sound);
    const said = await play({ describe: 'heard' }, [
      corpus(sound, 'past.1'),
      { port: 'descriptors', signal: frames(frames39, 0, 5) },
      query(frames39),
      { port: 'descriptors', signal: frames39 },
      query(frames39),
    ]);
    expect(at(said, 'notes')[0]?.signal).toEqual({ name: 'unfit', value: 5 });
    expect(at(said, 'matches')[0]?.signal).toEqual({ list: [] });
    expect(units(said).length).toBe(11);
  });
});
