import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { knobOf, turned } from '../../src/agents/knob.js';

const level = knobOf(z.number().min(0).max(2).default(1).describe('level'));
const count = knobOf(z.number().int().min(1).max(9).optional());

test('a knob has the bounds of its param, and is whole where that is', () => {
  expect([level, count]).toEqual([
    { min: 0, max: 2, whole: false },
    { min: 1, max: 9, whole: true },
  ]);
  expect(() => knobOf(z.string())).toThrow(TypeError);
  expect(() => knobOf(z.number().min(0))).toThrow(TypeError);
});

test('a control turns the knob of its name to the nearest value it can have', () => {
  fc.assert(
    fc.property(fc.double(), fc.constantFrom('level', 'count', 'toString'), (value, name) => {
      const set = turned({ name, value }, { level, count });
      if (name === 'toString' || !Number.isFinite(value)) expect(set).toBeUndefined();
      else if (name === 'level') expect(set).toEqual({ level: Math.min(2, Math.max(0, value)) });
      else expect(set).toEqual({ count: Math.round(Math.min(9, Math.max(1, value))) });
    }),
  );
});
