import { expect, test } from 'vitest';
import { chooseUnits, joinCost } from '../../../src/agents/sampling/choose.js';
import { Database } from '../../../src/agents/sampling/database.js';
import { scaleOf, unitRow } from '../../../src/agents/sampling/scale.js';
import {
  type Segment,
  soundingFrames,
  strideOf,
  successorOf,
  unitsOf,
} from '../../../src/agents/sampling/segment.js';
import { Taboo } from '../../../src/agents/sampling/taboo.js';
import { type Descriptors, seededRandom } from '../../../src/core/index.js';
import { ExactIndex } from '../../../src/memory/index.js';

const HOP = 256;

function framesOf(name: string, rows: number): Descriptors {
  const random = seededRandom(3, name);
  const data = Float32Array.from({ length: rows * 3 }, () => random.normal() * 100);
  return { rows, columns: 3, data, names: ['a', 'b', 'c'], hopLength: HOP, sampleRate: 44_100 };
}

function segment(name: string, frames: number): Segment {
  const samples = new Float32Array(frames * HOP);
  return { id: name, lap: 0, samples, frames: framesOf(name, frames + 1), kept: false, heardAt: 0 };
}

function remembering(segments: readonly Segment[], seconds = 1000): Database {
  const open = (dimensions: number) => Promise.resolve(new ExactIndex(dimensions));
  const database = new Database({ length: 4, samplesMax: seconds * 44_100, open });
  for (const one of segments) database.hear(one);
  return database;
}

test('units lie inside their sound, and every one but the last has a successor among them', () => {
  for (const length of [1, 2, 3, 4, 5, 8]) {
    for (let frames = 1; frames < 30; frames++) {
      const one = segment('x', frames);
      const units = unitsOf(one, length);
      expect(units.length).toBeGreaterThan(0);
      const starts = new Set(units.map(({ frame }) => frame));
      for (const unit of units) {
        expect(unit.frame + unit.length).toBeLessThanOrEqual(soundingFrames(one));
        const next = successorOf(unit, length);
        if (next !== undefined) expect(starts).toContain(next.frame);
      }
    }
  }
});

test('joining a natural successor costs nothing, anything else something', () => {
  const one = segment('x', 40);
  const scale = scaleOf([one.frames], 3);
  const units = unitsOf(one, 4);
  for (const unit of units) {
    const next = successorOf(unit, 4);
    if (next === undefined) continue;
    expect(joinCost(unit, next, scale)).toBe(0);
    expect(joinCost(unit, units[0]!, scale)).toBeGreaterThan(0);
  }
});

test('without taboo and joining the nearest unit of every step is chosen', async () => {
  const all = ['x', 'y', 'z'].map((name) => segment(name, 25));
  const database = remembering(all);
  await database.prepare();
  const query = framesOf('query', 20);
  const chosen = chooseUnits(query, database, new Taboo(0), { candidates: 5, joining: 0 });
  const everything = all.flatMap((one) => unitsOf(one, 4));
  const row = (frames: Descriptors, frame: number, end: number): Float32Array =>
    unitRow(frames, database.scale, { frame, length: 4, end });
  for (const [step, { distance, rank }] of chosen.entries()) {
    const asked = row(query, step * 4, 20);
    const distances = everything.map(({ segment: { frames }, frame }) =>
      Math.hypot(...row(frames, frame, 25).map((x, i) => x - asked[i]!)),
    );
    expect(distance).toBeCloseTo(Math.min(...distances), 5);
    expect(rank).toBe(0);
  }
});

test('what was forgotten is never found, however often the index was not built anew', async () => {
  const database = remembering([], (10 * 25 * HOP) / 44_100);
  for (let n = 0; n < 60; n++) {
    database.hear(segment(`s${n}`, 25));
    await database.prepare();
    const [found] = database.nearest([new Float32Array(12)], 7);
    const alive = new Set(database.segments.map(({ id }) => id));
    expect(database.segments.length).toBeLessThanOrEqual(10);
    expect(found).toHaveLength(7);
    for (const { unit } of found!) expect(alive).toContain(unit.segment.id);
  }
});

test('a taboo unit costs less the longer ago it was played', () => {
  const one = segment('x', 100);
  const units = unitsOf(one, 4).filter(({ frame }) => frame % 4 === 0);
  const taboo = new Taboo(3);
  for (const unit of units.slice(0, 5)) taboo.use(unit);
  const penalties = units.slice(0, 5).map((unit) => taboo.penalty(unit));
  expect(penalties.slice(0, 2)).toEqual([0, 0]);
  expect(penalties[2]).toBeLessThan(penalties[3]!);
  expect(penalties[3]).toBeLessThan(penalties[4]!);
  expect(taboo.penalty({ ...units[3]!, frame: units[3]!.frame + strideOf(4) })).toBeGreaterThan(1);
});

test('the path chosen is the cheapest of all there are', async () => {
  const all = ['x', 'y'].map((name) => segment(name, 9));
  const database = remembering(all);
  await database.prepare();
  const { scale } = database;
  const units = all.flatMap((one) => unitsOf(one, 4));
  const query = framesOf('question', 12);
  const target = (step: number, unit: (typeof units)[number]): number => {
    const { frames } = unit.segment;
    const asked = unitRow(query, scale, { frame: step * 4, length: 4, end: 12 });
    const own = unitRow(frames, scale, { frame: unit.frame, length: 4, end: 9 });
    return Math.hypot(...own.map((x, i) => x - asked[i]!));
  };
  const costs = units.flatMap((a) =>
    units.flatMap((b) =>
      units.map((c) => {
        const targets = [a, b, c].reduce((sum, unit, step) => sum + target(step, unit), 0);
        return targets + 2 * (joinCost(a, b, scale) + joinCost(b, c, scale));
      }),
    ),
  );
  const options = { candidates: units.length, joining: 2 };
  const chosen = chooseUnits(query, database, new Taboo(0), options);
  const cost = chosen.reduce((sum, { unit, distance }, step) => {
    const before = chosen[step - 1]?.unit;
    return sum + distance + (before === undefined ? 0 : 2 * joinCost(before, unit, scale));
  }, 0);
  expect(cost).toBeCloseTo(Math.min(...costs), 6);
});

test('a long composition is planned piece by piece, each unit free of its taboo', async () => {
  const database = remembering(Array.from({ length: 8 }, (_, i) => segment(`s${i}`, 200)));
  await database.prepare();
  const query = framesOf('long', 4 * 300);
  const chosen = chooseUnits(query, database, new Taboo(20), { candidates: 8, joining: 0.5 });
  expect(chosen).toHaveLength(300);
  for (const [i, { unit }] of chosen.entries()) {
    const near = chosen.slice(Math.max(0, i - 20), i).map((one) => one.unit);
    const again = near.find(
      (one) => one.segment === unit.segment && Math.abs(one.frame - unit.frame) < 4,
    );
    expect(again, `unit ${i}`).toBeUndefined();
  }
});
