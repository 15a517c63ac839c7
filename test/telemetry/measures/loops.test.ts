import { describe, expect, it } from 'vitest';
import {
  type Crossing,
  LapHistogram,
  LoopGain,
  RUNAWAY_TURNS,
  runawayOf,
  turnOf,
} from '../../../src/telemetry/index.js';

describe('the histogram of laps', () => {
  it('counts how many sounds are of which lap (T11)', () => {
    const laps = new LapHistogram();
    for (const lap of [0, 3, 0, 7, 0, 3, 0, 3, 0]) laps.add(lap);
    expect(laps.counts()).toEqual([
      [0, 5],
      [3, 3],
      [7, 1],
    ]);
  });

  it('forgets what circulated long ago', () => {
    const laps = new LapHistogram(3);
    for (const lap of [1, 1, 2, 3, 3]) laps.add(lap);
    expect(laps.counts()).toEqual([
      [2, 1],
      [3, 2],
    ]);
  });
});

/** A sound that goes round once a second, its energy multiplied at each turn. */
function circle(factors: readonly number[], start = 0): LoopGain {
  const gain = new LoopGain();
  let at: Crossing = { power: 0.001, seconds: start, rising: 0 };
  for (const factor of factors) {
    const turn = turnOf(at, { power: (at.power ?? 0) * factor, seconds: at.seconds + 1 });
    gain.add(turn);
    at = turn;
  }
  return gain;
}

const returns = [{ name: 'a.audio ~> a.audio', gain: 1.122 }];
const runaway = (gain: LoopGain, now: number): unknown[] => {
  const { gainDb, lapSeconds } = gain;
  const risingTurns = gain.risingTurns(now);
  return runawayOf([{ number: 1, risingTurns, gainDb, lapSeconds, returns }], now);
};

describe('the gain of a loop', () => {
  it('is +1 dB where the energy grows by 1.26 a turn, and five turns run away (T12)', () => {
    const four = circle(new Array(4).fill(1.26));
    expect(four.gainDb).toBeCloseTo(1, 1);
    expect(runaway(four, 4)).toEqual([]);
    const five = circle(new Array(RUNAWAY_TURNS).fill(1.26));
    expect(five.risingTurns(5)).toBe(5);
    expect(five.lapSeconds).toBe(1);
    expect(runaway(five, 5)).toMatchObject([{ word: 'RUNAWAY', subject: 'a.audio ~> a.audio' }]);
  });

  it('does not run away when one turn of six is not louder', () => {
    const loop = circle([1.26, 1.26, 1.26, 1, 1.26, 1.26]);
    expect(loop.risingTurns(6)).toBe(2);
    expect(runaway(loop, 6)).toEqual([]);
  });

  it('counts each line of descent by itself when several sounds go round at once', () => {
    const gain = new LoopGain();
    let [a, b]: [Crossing, Crossing] = [
      { power: 1, seconds: 0, rising: 0 },
      { power: 1, seconds: 0.5, rising: 0 },
    ];
    for (let turn = 1; turn <= 4; turn++) {
      a = turnOf(a, { power: 1.26 ** turn, seconds: turn });
      b = turnOf(b, { power: 0.9 ** turn, seconds: turn + 0.5 });
      gain.add(a as ReturnType<typeof turnOf>);
      gain.add(b as ReturnType<typeof turnOf>);
    }
    expect(gain.risingTurns(4.5)).toBe(4);
    expect(gain.turns).toBe(8);
  });

  it('is unknown where there is silence or no sound, and rests when nothing comes round', () => {
    expect(turnOf({ power: 0, seconds: 0, rising: 3 }, { power: 1, seconds: 1 })).toMatchObject({
      gainDb: undefined,
      rising: 0,
    });
    const gain = turnOf({ power: undefined, seconds: 0, rising: 0 }, { power: 1, seconds: 1 });
    expect(gain.gainDb).toBeUndefined();
    expect(circle(new Array(6).fill(1.26)).risingTurns(9)).toBe(0);
  });
});
