import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlaybackMatch, faithfulPlayback, fromInt16 } from '../../src/audio/index.js';

/** A recording of noise that any language can make again. */
function noise(seed: number, length: number): Int16Array {
  let x = seed;
  return Int16Array.from({ length }, () => {
    x = (Math.imul(x, 1103515245) + 12345) & 0x7fffffff;
    return ((x >> 8) & 0xffff) - 32_768;
  });
}

const SOURCES = [noise(1, 44_100), noise(2, 30 * 1024), noise(3, 50_000)];

function matchesOf(list: readonly (readonly [number, number])[], hop = 1024): PlaybackMatch[] {
  return list.map(([source, frame]) => ({ source: SOURCES[source]!, sample: frame * hop }));
}

const checksum = (samples: Int16Array): number => crc32(new Uint8Array(samples.buffer));
const MANY = Array.from({ length: 40 }, (_, i) => [(i * 7) % 3, ((i * 5) % 25) + 1] as const);

describe('the faithful playback', () => {
  it.each([
    [
      'three matches',
      [
        [0, 3],
        [1, 7],
        [2, 20],
      ],
      2072,
      2845662889,
    ],
    [
      'a match at the start of a recording',
      [
        [0, 3],
        [1, 0],
        [2, 20],
        [0, 1],
      ],
      32_810,
      1740585559,
    ],
    [
      'a first match at the start',
      [
        [0, 0],
        [1, 5],
      ],
      1543,
      10115309,
    ],
    ['forty matches', MANY, 21_652, 3254052675],
  ] as [string, [number, number][], number, number][])(
    'of %s is what PyDub renders, bit for bit',
    (_, list, length, sum) => {
      const { samples, aborted } = faithfulPlayback(matchesOf(list));
      expect([samples.length, checksum(samples), aborted]).toEqual([length, sum, undefined]);
    },
  );

  it('is the same from floats that were read from a 16-bit file', () => {
    const floats = matchesOf(MANY).map((match) => {
      return { ...match, source: fromInt16(match.source as Int16Array) };
    });
    expect(faithfulPlayback(floats)).toEqual(faithfulPlayback(matchesOf(MANY)));
  });

  it('is what PyDub renders at other rates, hops and crossfades', () => {
    const fast = { hopLength: 512, sampleRate: 48_000, crossfadeMs: 10 };
    const at48k = faithfulPlayback(matchesOf(MANY, 512), fast).samples;
    expect([at48k.length, checksum(at48k)]).toEqual([11_760, 777111237]);
    const slow = { hopLength: 1000, sampleRate: 22_050, crossfadeMs: 15 };
    const at22k = faithfulPlayback(matchesOf(MANY, 1000), slow).samples;
    expect([at22k.length, checksum(at22k)]).toEqual([33_669, 2072817820]);
  });

  it('stops near a recording’s end as PyDub does, and says where', () => {
    const list = [
      [0, 3],
      [1, 29],
      [0, 5],
      [1, 30],
      [0, 9],
    ] as const;
    const { samples, aborted } = faithfulPlayback(matchesOf(list));
    expect([samples.length, checksum(samples)]).toEqual([2072, 1665202887]);
    expect(aborted).toEqual({ match: 3, reason: expect.stringContaining('12 ms') });
  });

  it('stops at the second match where the first was cut short', () => {
    const { samples, aborted } = faithfulPlayback(
      matchesOf([
        [1, 30],
        [0, 5],
      ]),
    );
    expect([samples.length, checksum(samples)]).toEqual([44, 1721760973]);
    expect(aborted?.match).toBe(1);
  });

  it.each([
    [1, 1024],
    [2, 1543],
    [10, 5776],
    [40, 21_652],
    [100, 53_404],
    [500, 265_084],
    [5000, 2_646_484],
  ])('of %i matches is %i samples long', (count, length) => {
    const long = new Int16Array(44_100);
    const matches = Array.from({ length: count }, (_, i) => {
      return { source: long, sample: 1024 * ((i % 30) + 1) };
    });
    expect(faithfulPlayback(matches).samples).toHaveLength(length);
  });

  it('crossfades in a line from the old to the new, each rounded down', () => {
    const source = Int16Array.from({ length: 44_100 }, (_, n) => (n < 22_050 ? 1001 : -2001));
    const { samples } = faithfulPlayback([
      { source, sample: 1024 * 3 },
      { source, sample: 1024 * 30 },
    ]);
    // The first piece is 23 whole milliseconds long, so the fade begins at its millisecond 1.
    const rise = (i: number): number => i / 970.2;
    const at = (i: number): number => {
      const old = Math.floor(1001 * (1 - (1 - 1e-6) * rise(i)));
      return old + Math.floor(-2001 * (1e-6 + (1 - 1e-6) * rise(i)));
    };
    expect(samples[44]).toBe(1001 - 1);
    expect([samples[43], samples[44 + 485], samples[44 + 969]]).toEqual([1001, at(485), at(969)]);
    expect(samples[44 + 970]).toBe(-2001);
  });

  it('survives any matches: it plays them all or says which it stopped at', () => {
    const any = fc.array(fc.tuple(fc.nat(2), fc.nat(60)), { maxLength: 12 });
    fc.assert(
      fc.property(any, (list) => {
        const { samples, aborted } = faithfulPlayback(matchesOf(list));
        expect(aborted === undefined || aborted.match < list.length).toBe(true);
        expect(samples.length > 0 || list.length === 0 || list[0]![1] >= 30).toBe(true);
      }),
    );
  });
});
