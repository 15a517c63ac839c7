import { expect, it } from 'vitest';
import { lapGroups, timeGroups, windowFor } from '../../src/drift/group.js';
import { described } from './sounds.js';

const atLaps = (...laps: number[]) => laps.map((lap, i) => described(i, 0, { lap }));
const ranges = (groups: readonly { from: number; to: number }[]) =>
  groups.map(({ from, to }) => [from, to]);

it('laps stand alone where they have enough sounds, and together where not', () => {
  const sounds = atLaps(0, 1, 1, 2, 3, 4, 5, 5);
  expect(ranges(lapGroups(sounds, [], 1))).toEqual([0, 1, 2, 3, 4, 5].map((lap) => [lap, lap]));
  expect(ranges(lapGroups(sounds, [], 2))).toEqual([
    [0, 0],
    [1, 1],
    [2, 3],
    [4, 5],
  ]);
});

it('what is left over at the end joins the group before, never lap 0', () => {
  expect(ranges(lapGroups(atLaps(0, 1, 1, 2), [], 2))).toEqual([
    [0, 0],
    [1, 2],
  ]);
  expect(ranges(lapGroups(atLaps(0, 1), [], 8))).toEqual([
    [0, 0],
    [1, 1],
  ]);
  expect(lapGroups([], [], 8)).toEqual([]);
});

it('a thousand laps make sixty points, and every sound is in one', () => {
  const sounds = atLaps(...Array.from({ length: 1000 }, (_, lap) => lap));
  const groups = lapGroups(sounds, [], 1);
  expect(groups.length).toBeLessThanOrEqual(60);
  expect(groups.flatMap((group) => group.sounds)).toHaveLength(1000);
});

it('windows hold what begins in them', () => {
  const groups = timeGroups(atLaps(0, 0, 0, 0), [], { windowSeconds: 5, endSeconds: 12 });
  expect(groups.map(({ sounds }) => sounds.length)).toEqual([2, 1, 1]);
  expect(windowFor(60)).toBe(30);
  expect(windowFor(7200)).toBe(120);
});
