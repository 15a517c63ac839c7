import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SETTLING, isRestless, settled, unsettled } from '../../src/atlas/settle.js';
import { type Print, SILENT_PRINT, distanceDb } from '../../src/atlas/print.js';
import { basinsOf, isSamePlace, placeOf } from '../../src/atlas/attractor.js';

const CELLS = 12;
const print = fc.array(fc.double({ min: -70, max: 20, noNaN: true }), {
  minLength: CELLS,
  maxLength: CELLS,
});
/** Prints that nobody would take for one another. */
const unlike = (count: number): fc.Arbitrary<Print[]> =>
  print.map((first) =>
    Array.from({ length: count }, (_, i) => first.map((db) => db - i * 1.1 - i)),
  );

/** What `settled` first says along a path, asked after every lap. */
function firstWord(path: readonly Print[]): ReturnType<typeof settled> {
  for (let end = 1; end <= path.length; end++) {
    const fate = settled(path.slice(0, end));
    if (fate !== undefined) return fate;
  }
  return undefined;
}

describe('settling', () => {
  it('is a fixed point at once for what never changes', () => {
    fc.assert(
      fc.property(print, (one) => {
        const path = Array.from({ length: 4 }, () => one);
        expect(firstWord(path)).toEqual({ name: 'fixed point', at: 0 });
      }),
    );
  });

  it('finds where a path that shrinks to a point came near it', () => {
    const ratios = fc.double({ min: 0.1, max: 0.7, noNaN: true });
    fc.assert(
      fc.property(print, print, ratios, (from, to, ratio) => {
        const path = Array.from({ length: 60 }, (_, n) =>
          to.map((db, i) => db + (from[i]! - db) * ratio ** n),
        );
        const fate = firstWord(path);
        expect(fate?.name).toBe('fixed point');
        const near = path.findIndex((one) => distanceDb(one, to) < 5 * SETTLING.sameDb);
        expect(fate!.at).toBeGreaterThanOrEqual(near - 1);
      }),
    );
  });

  it('finds the period of a cycle, however long the way there', () => {
    const periods = fc.integer({ min: 2, max: 8 });
    const ways = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(periods, ways, unlike(13), (period, way, all) => {
        const round = all.slice(5, 5 + period);
        const laps = Array.from({ length: 3 * period + 4 }, (_, i) => round[i % period]!);
        const fate = firstWord([...all.slice(0, way), ...laps]);
        expect(fate).toEqual({ name: 'cycle', period, at: way });
      }),
    );
  });

  it('never takes a steady fade for a fixed point', () => {
    const fades = fc.double({ min: 0.06, max: 6, noNaN: true });
    fc.assert(
      fc.property(fades, (fade) => {
        const path = Array.from({ length: 12 }, (_, n) => Array(CELLS).fill(10 - n * fade));
        expect(firstWord(path)).toBeUndefined();
        expect(unsettled(path).name).toBe('wanders');
      }),
    );
  });

  it('does not depend on the order of the cells', () => {
    fc.assert(
      fc.property(fc.array(print, { minLength: 4, maxLength: 20 }), (path) => {
        const turned = path.map((one) => one.toReversed());
        expect(settled(turned)).toEqual(settled(path));
      }),
    );
  });

  it('is silence once nothing sounds for three laps, counted from the first', () => {
    const loud = SILENT_PRINT.map(() => -20);
    const path = [loud, loud, SILENT_PRINT, SILENT_PRINT, SILENT_PRINT];
    expect(firstWord(path)).toEqual({ name: 'silence', at: 2 });
  });

  it('is an explosion for what is louder than sound, or no number', () => {
    expect(settled([[90]])?.name).toBe('explodes');
    expect(settled([[0], [Number.NaN]])?.name).toBe('explodes');
  });
});

describe('a path that does not settle', () => {
  const shaken = (size: number) => (n: number) =>
    Array.from({ length: CELLS }, (_, i) => -20 + size * Math.sin(12.9898 * (n * CELLS + i + 1)));

  it('hovers when it keeps around one place', () => {
    const path = Array.from({ length: 24 }, (_, n) => shaken(3)(n));
    expect(unsettled(path)).toMatchObject({ name: 'hovers', at: 12 });
  });

  it('wanders when it strays further, and is given up as restless', () => {
    const path = Array.from({ length: 24 }, (_, n) => shaken(30)(n * n));
    expect(unsettled(path).name).toBe('wanders');
    expect(isRestless(path)).toBe(true);
  });

  it('is not restless while it fades, however fast', () => {
    const path = Array.from({ length: 24 }, (_, n) => Array(CELLS).fill(20 - 4 * n));
    expect(isRestless(path)).toBe(false);
  });
});

describe('places', () => {
  it('are one for a cycle from whichever phase it is counted, and not in another order', () => {
    fc.assert(
      fc.property(unlike(5), fc.integer({ min: 0, max: 4 }), (phases, turn) => {
        const place = (list: readonly Print[]) => ({ phases: list, laps: [], radiusDb: 0 });
        const turned = [...phases.slice(turn), ...phases.slice(0, turn)];
        expect(isSamePlace(place(phases), place(turned))).toBe(true);
        expect(isSamePlace(place(phases), place(phases.map((one) => one.map((x) => x + 9))))).toBe(
          false,
        );
      }),
    );
  });

  it('have letters in the order in which they are come to', () => {
    const path = (db: number) => [[db], [db], [db], [db]];
    const place = (db: number) => placeOf(path(db), { name: 'fixed point', at: 0 });
    const lost = placeOf(path(0), { name: 'wanders', at: 2, stepDb: 9 });
    expect(basinsOf([place(0), place(-30), lost, place(0.5)])).toEqual(['A', 'B', undefined, 'A']);
  });
});
