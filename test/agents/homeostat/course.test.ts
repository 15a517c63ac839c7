import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Course, readCourse, wantedAt } from '../../../src/agents/homeostat/course.js';

function course(written: string | number): Course {
  const read = readCourse(written);
  if (!read.ok) throw new Error(read.expected);
  return read.course;
}

function complaint(written: string): string {
  const read = readCourse(written);
  return read.ok ? 'none' : read.expected;
}

describe('a course', () => {
  it('may be one value for ever', () => {
    expect([0, 1e6].map((seconds) => wantedAt(course('20'), seconds))).toEqual([20, 20]);
    expect(wantedAt(course(-30), 5)).toBe(-30);
  });

  it('goes in a straight line, and stays where it came to', () => {
    const falling = course('20 -> 3 over 6h');
    const hours = (count: number): number => wantedAt(falling, count * 3600);
    expect([0, 3, 6, 7].map(hours)).toEqual([20, 11.5, 3, 3]);
  });

  it('is a chain of lines and rests, with or without spaces about the arrows', () => {
    const chain = course('20 hold 10min->3 over 1h hold 90s -> -12.5 over 2min');
    expect(chain).toEqual({
      from: 20,
      legs: [
        { to: 20, seconds: 600 },
        { to: 3, seconds: 3600 },
        { to: 3, seconds: 90 },
        { to: -12.5, seconds: 120 },
      ],
    });
    expect([0, 600, 2400, 4200, 4289, 4350].map((s) => wantedAt(chain, s))).toEqual([
      20, 20, 11.5, 3, 3, -4.75,
    ]);
  });

  it('may jump', () => {
    const jump = course('5 hold 10s -> 9 over 0s');
    expect([9.9, 10].map((s) => wantedAt(jump, s))).toEqual([5, 9]);
  });

  it.each([
    ['', 'a number to begin with, where it ends'],
    ['much', 'a number to begin with, not `much`'],
    ['1.2.3', 'a number to begin with, not `1.2.3`'],
    ['20 ->', 'a number after `->`, where it ends'],
    ['20 -> few over 6h', 'a number after `->`, not `few`'],
    ['20 -> 3', '`over` and a time such as 6h after `3`, where it ends'],
    ['20 -> 3 ovr 6h', '`over` and a time such as 6h after `3`, not `ovr`'],
    [
      '20 -> 3 over soon',
      'a time with its unit, such as 90s, 10min or 6h after `over`, not `soon`',
    ],
    ['20 -> 3 over 6', 'a time with its unit, such as 90s, 10min or 6h after `over`, not `6`'],
    ['20 hold', 'a time with its unit, such as 90s, 10min or 6h after `hold`, where it ends'],
    ['20 3', '`-> value over time` or `hold time` after `20`, not `3`'],
    ['20 then 3', '`-> value over time` or `hold time` after `20`, not `then`'],
    ['20 -3', '`-> value over time` or `hold time` after `20`, not `-3`'],
    ['20 => 3 over 1h', '`-> value over time` or `hold time` after `20`, not `=`'],
  ])('that reads "%s" is told what was expected', (written, expected) => {
    expect(complaint(written)).toBe(expected);
  });

  it('is read back as it was written, whatever it is, and is never outside its values', () => {
    const value = fc.integer({ min: -999, max: 999 }).map((n) => n / 10);
    const leg = fc.record({ to: value, seconds: fc.integer({ min: 1, max: 9999 }) });
    const courses = fc.record({ from: value, legs: fc.array(leg, { maxLength: 5 }) });
    const at = fc.double({ min: 0, max: 60_000, noNaN: true });
    fc.assert(
      fc.property(courses, at, ({ from, legs }, seconds) => {
        const tail = legs.map((one) => ` -> ${one.to} over ${one.seconds}s`).join('');
        const read = course(`${from}${tail}`);
        expect(read).toEqual({ from, legs });
        const all = [from, ...legs.map(({ to }) => to)];
        expect(wantedAt(read, seconds)).toBeGreaterThanOrEqual(Math.min(...all) - 1e-9);
        expect(wantedAt(read, seconds)).toBeLessThanOrEqual(Math.max(...all) + 1e-9);
      }),
    );
  });

  it('bears any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void readCourse(text)));
  });
});
