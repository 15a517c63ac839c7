import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Agenda } from '../../src/swarm/agenda.js';
import { settleInstant } from '../../src/swarm/brim.js';
import { type Delivery, earlier } from '../../src/swarm/happening.js';

const delivery = (time: number, rank: number, sequence: number): Delivery => ({
  type: 'delivery',
  time,
  rank,
  sequence,
  envelope: `a.${sequence}`,
  arrival: { id: `a.${sequence}`, lap: 0, port: 'in', signal: { name: 'n', value: 0 } },
  givenUp: false,
});

const deliveries = fc.array(
  fc.tuple(fc.nat(5), fc.nat(3)).map(([time, rank]) => ({ time, rank })),
  { maxLength: 40 },
);

it('an agenda gives back instants in order, and never what was given up', () => {
  fc.assert(
    fc.property(deliveries, fc.array(fc.nat(39)), (plan, regretted) => {
      const all = plan.map(({ time, rank }, i) => delivery(time, rank, i));
      const agenda = new Agenda();
      for (const one of all) agenda.add(one);
      for (const i of regretted) if (all[i] !== undefined) all[i].givenUp = true;
      const expected = all.filter((d) => !d.givenUp).sort((a, b) => (earlier(a, b) ? -1 : 1));
      const given: unknown[] = [];
      while (Number.isFinite(agenda.nextTime)) {
        const instant = agenda.takeInstant();
        expect(new Set(instant.map((h) => h.time)).size).toBe(1);
        given.push(...instant);
      }
      expect(given).toEqual(expected);
    }),
  );
});

it('an inbox never holds more than its brim, and whatever it does not keep is spilled', () => {
  const rules = fc.array(fc.constantFrom('oldest', 'newest', 'latest'), { minLength: 4 });
  fc.assert(
    fc.property(deliveries, rules, fc.integer({ min: 1, max: 6 }), (plan, keep, inboxMax) => {
      const instant = plan
        .map(({ rank }, i) => delivery(0, rank, i))
        .sort((a, b) => a.rank - b.rank);
      const { kept, spilled } = settleInstant(instant, inboxMax, (link) => keep[link] as 'oldest');
      expect(kept.length).toBeLessThanOrEqual(inboxMax);
      expect(kept.length + spilled.length).toBe(instant.length);
      if (instant.length <= inboxMax) expect(spilled).toEqual([]);
      expect(kept).toEqual(instant.filter((d) => !spilled.includes(d)));
    }),
  );
});
