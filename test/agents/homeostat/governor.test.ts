import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Governing,
  type Governor,
  governed,
  governorAt,
  movedTo,
} from '../../../src/agents/homeostat/governor.js';

const STEP = 5;
const how: Governing = { gain: 0.3, settleSeconds: 30, slewSeconds: 30, deadBand: 0.02 };

const hows = fc.record({
  gain: fc.double({ min: 0, max: 10, noNaN: true }),
  settleSeconds: fc.double({ min: 0.1, max: 1000, noNaN: true }),
  slewSeconds: fc.double({ min: 0, max: 1000, noNaN: true }),
  deadBand: fc.double({ min: 0, max: 1, noNaN: true }),
});
const errors = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 60 });

/** A plant of first order with a delay: y becomes `strength · u + rest` in so many steps. */
function settled(
  plant: { strength: number; rest: number; lag: number; delay: number },
  target: number,
  steps: number,
): number {
  const { strength, rest, lag, delay } = plant;
  const outputs = Array<number>(delay + 1).fill(0.5);
  let governor = governorAt(0.5);
  let y = rest;
  for (let step = 0; step < steps; step++) {
    y += (strength * outputs[step]! + rest - y) / lag;
    governor = governed(governor, (target - y) / target, STEP, how);
    outputs.push(governor.output);
  }
  return y;
}

describe('a governor', () => {
  it('never leaves its bounds nor moves faster than it may, whatever the errors', () => {
    fc.assert(
      fc.property(hows, errors, fc.double({ min: 0, max: 1, noNaN: true }), (way, list, from) => {
        let governor: Governor = governorAt(from);
        for (const error of list) {
          const next = governed(governor, error, STEP, way);
          const reach = way.slewSeconds > 0 ? STEP / way.slewSeconds : 1;
          expect(next.output).toBeGreaterThanOrEqual(0);
          expect(next.output).toBeLessThanOrEqual(1);
          expect(next.gathered).toBeGreaterThanOrEqual(0);
          expect(next.gathered).toBeLessThanOrEqual(1);
          expect(Math.abs(next.output - governor.output)).toBeLessThanOrEqual(reach + 1e-12);
          governor = next;
        }
      }),
    );
  });

  it('does not wind up: it turns back at once, however long it was held at its bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 5000 }), fc.constantFrom(1, -1), (long, side) => {
        let governor = governorAt(0.5);
        for (let step = 0; step < long; step++) governor = governed(governor, side, STEP, how);
        const bound = governor.output;
        const back = governed(governor, -side, STEP, how);
        expect(bound).toBeCloseTo(side === 1 ? 1 : 0, 9);
        expect(Math.abs(back.output - bound)).toBeGreaterThan(0.15);
      }),
    );
  });

  it('settles on what was asked, on plants of any strength it can hold', () => {
    const plants = fc.record({
      strength: fc.double({ min: 0.5, max: 1.5, noNaN: true }),
      rest: fc.double({ min: 0.5, max: 1, noNaN: true }),
      lag: fc.integer({ min: 2, max: 5 }),
      delay: fc.integer({ min: 0, max: 1 }),
    });
    const share = fc.double({ min: 0.2, max: 0.8, noNaN: true });
    fc.assert(
      fc.property(plants, share, (plant, wanted) => {
        const target = plant.rest + wanted * plant.strength;
        expect(Math.abs(settled(plant, target, 400) / target - 1)).toBeLessThan(0.03);
      }),
    );
  });

  it('goes as far as it can where what was asked is out of reach', () => {
    const plant = { strength: 1, rest: 0.5, lag: 2, delay: 1 };
    expect(settled(plant, 3, 200)).toBeCloseTo(1.5, 6);
    expect(settled(plant, 0.1, 200)).toBeCloseTo(0.5, 6);
  });

  it('leaves small errors alone', () => {
    const governor = governorAt(0.4);
    expect(governed(governor, 0.02, STEP, how)).toEqual(governor);
    expect(governed(governor, -0.019, STEP, how)).toEqual(governor);
  });

  it('goes where it is told as fast as it may', () => {
    expect(movedTo(governorAt(0.5), 1, 5, how).output).toBeCloseTo(0.5 + 5 / 30, 9);
    expect(movedTo(governorAt(0.5), 0.6, 5, how)).toEqual(governorAt(0.6));
    expect(movedTo(governorAt(0.5), 0, 5, { ...how, slewSeconds: 0 })).toEqual(governorAt(0));
  });
});
