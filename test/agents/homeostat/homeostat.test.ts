import { describe, expect, it } from 'vitest';
import { homeostat } from '../../../src/agents/kinds/homeostat.js';
import { type Audio, type Control, seededRandom } from '../../../src/core/index.js';
import { type Given, type Said, makeContext, rehearse } from '../../../src/testing/index.js';

const RATE = 8000;
const base = { follow: -30, measure: 'level', steer: 'gain', range: [0, 1], window: 2, every: 1 };

function sound(level: number): Audio {
  const random = seededRandom(3);
  const samples = Float32Array.from({ length: RATE / 2 }, () => level * random.normal());
  return { sampleRate: RATE, channels: [samples] };
}

/** Every second it hears a sound as loud as what it last said makes it, then acts. */
async function closed(
  params: object,
  levelAt: (value: number, second: number) => number,
  seconds: number,
): Promise<readonly Control[]> {
  const parsed = homeostat.params.parse({ ...base, ...params });
  const at = (now: number) => makeContext({ params: parsed, now, sampleRate: RATE });
  let state = await homeostat.start(at(0));
  let value = 0.5;
  const said: Control[] = [];
  for (let second = 1; second <= seconds; second++) {
    const now = second * RATE;
    const heard = {
      port: 'audio',
      signal: sound(levelAt(value, second)),
      id: 'a.1',
      lap: 0,
    } as const;
    ({ state } = await homeostat.receive(state, heard, at(now)));
    const tick = { port: 'tick', signal: { name: 'tick', value: second }, id: '', lap: 0 } as const;
    const step = await homeostat.receive(state, tick, at(now));
    // A checkpoint holds the state as it is.
    state = structuredClone(step.state);
    said.push(...step.emit.map(({ signal }) => signal as Control));
    value = said.findLast(({ name }) => name === 'gain')!.value;
  }
  return said;
}

const valuesOf = (said: readonly Control[], name: string): number[] =>
  said.filter((one) => one.name === name).map(({ value }) => value);
const lastOf = (said: readonly Control[], name: string): number => valuesOf(said, name).at(-1)!;

describe('a homeostat', () => {
  const rising = (value: number): number => 0.001 + 0.2 * value;
  const falling = (value: number): number => 0.001 + 0.2 * (1 - value);

  it('learns which way its control works, then brings what it hears to its course', async () => {
    for (const [plant, direction] of [
      [rising, 1],
      [falling, -1],
    ] as const) {
      const said = await closed({ slew: 5, settle: 5, band: 0 }, plant, 120);
      expect(valuesOf(said, 'direction')).toEqual([direction]);
      expect(lastOf(said, 'measured')).toBeCloseTo(-30, 0);
    }
  });

  it('is not misled by a trend of its own', async () => {
    const sinking = (value: number, second: number): number => rising(value) * 0.97 ** second;
    const said = await closed({ slew: 5 }, sinking, 60);
    expect(valuesOf(said, 'direction')).toEqual([1]);
  });

  it('decides in the end where nothing it does is heard', async () => {
    const said = await closed({ slew: 5 }, () => 0.05, 120);
    expect(valuesOf(said, 'direction')).toHaveLength(1);
  });

  it('stands at its bound where the direction it was told is wrong', async () => {
    const said = await closed({ direction: 'falls', slew: 5, settle: 10 }, rising, 90);
    expect(lastOf(said, 'gain')).toBe(1);
  });

  it('follows a course that moves', async () => {
    const course = {
      follow: '-40 hold 30s -> -20 over 60s',
      direction: 'rises',
      settle: 3,
      band: 0,
    };
    const said = await closed(course, rising, 140);
    expect(valuesOf(said, 'target').at(0)).toBe(-40);
    expect(valuesOf(said, 'target').at(59)).toBeCloseTo(-30, 6);
    expect(lastOf(said, 'measured')).toBeCloseTo(-20, 0);
  });

  it('crosses a log range by ratios, and says whole numbers where only these exist', async () => {
    const log = { range: [0.0001, 1], scale: 'log' };
    expect(lastOf(await closed({ ...log, direction: 'rises' }, rising, 1), 'gain')).toBeCloseTo(
      0.01,
    );
    const [said] = await play({ steer: 'taboo', range: [0, 7], direction: 'rises' }, [
      { port: 'tick' },
    ]);
    expect(said?.signal).toEqual({ name: 'taboo', value: 4 });
  });

  it('holds its output, and says so, while there is nothing to measure', async () => {
    const said = await play({ measure: 'variety', follow: 5, direction: 'rises' }, [
      { port: 'tick', at: 9 * RATE },
    ]);
    expect(said.map(({ signal }) => signal)).toEqual([
      { name: 'gain', value: 0.5 },
      { name: 'target', value: 5 },
      { name: 'output', value: 0.5 },
    ]);
    expect(said.map(({ parents }) => parents)).toEqual([[], [], []]);
  });

  it('cites the sounds it measured, and forgets what has left the window', async () => {
    const given: Given[] = [
      { port: 'audio', signal: sound(0.1), id: 'a.1', at: 0 },
      { port: 'audio', signal: sound(0.1), id: 'a.2', lap: 4, at: 9 * RATE },
      { port: 'tick', at: 10 * RATE },
    ];
    const [control] = await play({}, given);
    expect(control).toMatchObject({ parents: [{ id: 'a.2', lap: 4 }], lap: 4 });
  });

  it('takes descriptors in place of sound, and notes those it cannot use', async () => {
    const frames = { hopLength: 1024, sampleRate: RATE, rows: 2 };
    const fit = { ...frames, columns: 3, names: ['rms', 'centroid', 'flatness'] };
    const data = Float32Array.of(0.1, 500, 0, 0.1, 700, 0);
    const said = await play({ measure: 'centroid', follow: 600 }, [
      { port: 'descriptors', signal: { ...fit, data }, at: 8 * RATE },
      { port: 'descriptors', signal: { ...fit, names: ['a', 'b', 'c'], data } },
      { port: 'tick' },
    ]);
    const notes = said
      .filter(({ port }) => port === 'notes')
      .map(({ signal }) => signal as Control);
    expect(notes).toContainEqual({ name: 'unfit', value: 1 });
    expect(notes.find(({ name }) => name === 'measured')?.value).toBeCloseTo(600, 3);
  });
});

const play = (params: object, given: readonly Given[]): Promise<readonly Said[]> =>
  rehearse(homeostat, { ...base, ...params }, given, { sampleRate: RATE });

describe('the params of a homeostat', () => {
  const complaints = (params: object): readonly string[] => {
    const read = homeostat.params.safeParse({ ...base, ...params });
    return read.success
      ? []
      : read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  };

  it.each([
    [
      { follow: '20 -> 3' },
      'follow expected `over` and a time such as 6h after `3`, where it ends',
    ],
    [
      { measure: 'variety', follow: '20 -> 3 over 6h' },
      'follow expected a variety from 1 to 13, not 20',
    ],
    [{ range: [0, 17] }, 'range expected [least, greatest] for gain, from 0 to 16'],
    [{ range: [1, 0] }, 'range expected [least, greatest] for gain, from 0 to 16'],
    [{ scale: 'log' }, 'range expected [least, greatest] above 0, since its scale is log'],
    [{ begin: 2 }, 'begin expected a value in the range, from 0 to 1'],
  ])('that are %j are refused with what was expected', (params, message) => {
    expect(complaints(params)).toEqual([message]);
  });
});
