import { describe, expect, it } from 'vitest';
import { framesOfAudio } from '../../../src/agents/homeostat/hearing.js';
import {
  MEASURES,
  type MeasureName,
  measured,
  wantedFor,
} from '../../../src/agents/homeostat/measure.js';
import type { Audio } from '../../../src/core/index.js';
import { chirp, hiss, silence, sine } from '../../../src/testing/index.js';

const RATE = 44_100;

async function of(name: MeasureName, sounds: readonly Audio[]): Promise<number | undefined> {
  const frames = await Promise.all(sounds.map((one) => framesOfAudio(one, wantedFor(name), RATE)));
  const heard = frames.flatMap((one, i) =>
    one === undefined ? [] : [{ id: `a.${i}`, lap: 0, at: 2 * i * RATE, ...one }],
  );
  return measured(name, heard, RATE);
}

const same = [sine(440), sine(440), sine(440), sine(440)];
const unlike = [sine(220), hiss(1), chirp(100, 4000), sine(3000)];

describe('what a homeostat measures', () => {
  it('is more varied and further spread, and repeats less, where sounds differ', async () => {
    for (const name of ['variety', 'spread'] as const) {
      expect(await of(name, unlike), name).toBeGreaterThan(2 * (await of(name, same))!);
    }
    expect(await of('repetition', same)).toBeGreaterThan(0.98);
    expect(await of('repetition', unlike)).toBeLessThan(0.9);
  });

  it('is brighter for high sounds, flatter for noise and as loud as the sound', async () => {
    expect(await of('centroid', [sine(3000)])).toBeGreaterThan(
      (await of('centroid', [sine(220)]))!,
    );
    expect(await of('flatness', [hiss(1)])).toBeGreaterThan(10 * (await of('flatness', same))!);
    expect(await of('level', [sine(440, { peak: 0.1 })])).toBeCloseTo(-23, 0);
  });

  it('is nothing for nothing, and silence has a level alone', async () => {
    for (const name of MEASURES) expect(await of(name, []), name).toBeUndefined();
    for (const name of ['variety', 'spread', 'repetition', 'centroid', 'flatness'] as const) {
      expect(await of(name, [silence(), silence()]), name).toBeUndefined();
    }
    expect(await of('level', [silence()])).toBeCloseTo(-100, 6);
  });
});
