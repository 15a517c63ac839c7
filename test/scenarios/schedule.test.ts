import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DayStretch, type Schedule, partAt } from '../../src/scenarios/index.js';
import { Desk } from './desk.js';

const REST =
  'agents:\n  past: { kind: source }\n  ear: { kind: analyst }\nlinks: [past.audio -> ear.audio]\n';

const ZONES = ['Europe/Vienna', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
const HOUR = 3_600_000;
const at = (written: string): number => Date.parse(written);
const clock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, '0')).join(':');

const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: at('2020-01-01T00:00Z'), max: at('2040-01-01T00:00Z') });
const minute = fc.integer({ min: 0, max: 1439 });
const stretch: fc.Arbitrary<DayStretch> = fc
  .record({ from: minute, to: minute })
  .filter(({ from, to }) => from !== to);
const part = (schedule: Schedule, instantMs: number): string => partAt(schedule, instantMs);

/** How many minutes of an interval are quiet. */
function quietMinutes(schedule: Schedule, from: string, to: string): number {
  let sum = 0;
  for (let now = at(from); now < at(to); now += 60_000) {
    if (partAt(schedule, now) === 'quiet') sum++;
  }
  return sum;
}

describe('the part of a day', () => {
  it('follows the clock on the wall of its zone, at any instant', () => {
    fc.assert(
      fc.property(zone, stretch, instant, (zone, { from, to }, now) => {
        const shown = new Date(now).toLocaleTimeString('en-GB', { timeZone: zone }).slice(0, 5);
        const [begin, end] = [clock(from), clock(to)];
        const isIn = begin < end ? shown >= begin && shown < end : shown >= begin || shown < end;
        const expected = isIn ? 'quiet' : 'open';
        expect(part({ zone, quiet: [{ from, to }] }, now)).toBe(expected);
      }),
    );
  });

  it('is quiet in a stretch or in its opposite, never in both and never in neither', () => {
    fc.assert(
      fc.property(zone, stretch, instant, (zone, { from, to }, now) => {
        const one = part({ zone, quiet: [{ from, to }] }, now);
        const other = part({ zone, quiet: [{ from: to, to: from }] }, now);
        expect([one, other].sort()).toEqual(['open', 'quiet']);
      }),
    );
  });

  it('is quiet if any of its stretches is, and open without any', () => {
    fc.assert(
      fc.property(zone, fc.array(stretch, { maxLength: 4 }), instant, (zone, quiet, now) => {
        const each = quiet.map((one) => part({ zone, quiet: [one] }, now));
        expect(part({ zone, quiet }, now)).toBe(each.includes('quiet') ? 'quiet' : 'open');
      }),
    );
  });

  it('is an hour shorter or longer in the nights that are', () => {
    const night: Schedule = { zone: 'Europe/Vienna', quiet: [{ from: 22 * 60, to: 8 * 60 }] };
    expect(quietMinutes(night, '2026-03-10T12:00Z', '2026-03-11T12:00Z')).toBe(600);
    expect(quietMinutes(night, '2026-03-28T12:00Z', '2026-03-29T12:00Z')).toBe(540);
    expect(quietMinutes(night, '2026-10-24T12:00Z', '2026-10-25T12:00Z')).toBe(660);
  });

  it('never comes when its hour is left out, and comes twice when it is', () => {
    const hour: Schedule = { zone: 'Europe/Vienna', quiet: [{ from: 120, to: 180 }] };
    expect(quietMinutes(hour, '2026-03-28T20:00Z', '2026-03-29T20:00Z')).toBe(0);
    expect(quietMinutes(hour, '2026-10-24T20:00Z', '2026-10-25T20:00Z')).toBe(120);
  });

  it('changes as often in a year as the wall says, also across midnight', () => {
    const night: Schedule = { zone: 'Europe/Vienna', quiet: [{ from: 1380, to: 60 }] };
    let [changes, before] = [0, part(night, at('2026-01-01T12:00Z'))];
    for (let now = at('2026-01-01T12:00Z'); now < at('2027-01-01T12:00Z'); now += HOUR / 2) {
      const next = part(night, now);
      if (next !== before) changes++;
      before = next;
    }
    expect(changes).toBe(2 * 365);
  });
});

describe('the schedule: of a scenario', () => {
  it('is read as people write it, the end of the day included', async () => {
    using desk = new Desk();
    const section = 'schedule: { zone: Europe/Vienna, quiet: ["22:00-08:00", "12:30-24:00"] }\n';
    expect((await desk.sound(section + REST)).schedule).toEqual({
      zone: 'Europe/Vienna',
      quiet: [
        { from: 1320, to: 480 },
        { from: 750, to: 1440 },
      ],
    });
    expect((await desk.sound(REST)).schedule).toEqual({ zone: undefined, quiet: [] });
  });

  it.each([
    ['quiet: ["22-8"]', 'two times of day such as 22:00-08:00'],
    ['quiet: ["08:00-08:00"]', 'two times of day such as 22:00-08:00'],
    ['quiet: ["25:00-08:00"]', 'two times of day such as 22:00-08:00'],
    ['zone: Vienna', 'a time zone such as Europe/Vienna'],
  ])('refuses %s', async (written, expected) => {
    using desk = new Desk();
    const text = await desk.reported(`schedule: { ${written} }\n${REST}`);
    expect(text).toMatch(/piece\.yaml:1:\d+ {2}wrong-value/);
    expect(text).toContain(`Expected: ${expected}`);
  });
});
