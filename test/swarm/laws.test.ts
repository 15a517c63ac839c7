// The three laws hold in every run of every topology that was let in. They are what makes a swarm
// safe to leave alone.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalRecord, SaidRecord } from '../../src/archive/index.js';
import type { Scenario } from '../../src/scenarios/index.js';
import type { Summary } from '../../src/swarm/index.js';
import { casting, link, play, scenario } from './play.js';

const SECONDS = 0.3;

/** Random swarms: feeding links only forwards, returning links anywhere, some agents that beat. */
const swarms = fc
  .record({
    agents: fc.integer({ min: 2, max: 6 }),
    feeds: fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 8 }),
    returns: fc.array(
      fc.tuple(
        fc.nat(5),
        fc.nat(5),
        fc.integer({ min: 1, max: 120 }),
        fc.constantFrom('oldest', 'newest', 'latest'),
      ),
      { maxLength: 6 },
    ),
    laps: fc.integer({ min: 1, max: 12 }),
    inbox: fc.integer({ min: 1, max: 4 }),
    inFlight: fc.integer({ min: 1, max: 5 }),
    times: fc.integer({ min: 1, max: 2 }),
    seed: fc.nat(1000),
  })
  .map((plan): ((turns: number, probability?: number) => Scenario) => {
    const name = (n: number): string => `a${n % plan.agents}`;
    const feeds = plan.feeds
      .map(([a, b]) => [a % plan.agents, b % plan.agents].sort((x, y) => x - y))
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => link(name(a as number), name(b as number)));
    const returns = plan.returns.map(([a, b, delaySamples, keep]) =>
      link(name(a), name(b), { delaySamples, keep: keep as 'oldest', probability: 0.9 }),
    );
    const unique = new Map(
      [...feeds, ...returns].map((l) => [`${l.from.agent}${l.way}${l.to.agent}`, l]),
    );
    const { laps, inbox, inFlight } = plan;
    return (turns) =>
      scenario(
        Array.from({ length: plan.agents }, (_, i) => {
          const beat = i % 2 === 0 ? { every: 0.03 + i * 0.01 } : {};
          return casting(`a${i}`, { ...beat, times: plan.times, turns, after: i === 1 ? 7 : 0 });
        }),
        [...unique.values()],
        { seed: plan.seed, limits: { laps, inbox, inFlight } },
      );
  });

const said = (records: readonly JournalRecord[]): SaidRecord[] =>
  records.filter((record) => record.type === 'said');

/** Law 2: parents come first, and a lap is that of the oldest parent as heard. */
function checkFamily(records: readonly JournalRecord[]): void {
  const seen = new Map<string, SaidRecord>();
  for (const record of said(records)) {
    for (const [id, lap] of record.parents) {
      const parent = seen.get(id);
      if (parent === undefined) throw new Error(`${record.id} cites ${id}, which is not before it`);
      if (lap !== parent.lap && lap !== parent.lap + 1) throw new Error(`${id} heard at ${lap}`);
      if (parent.time > record.time) throw new Error(`${record.id} is earlier than ${id}`);
    }
    expect(record.lap).toBe(Math.max(0, ...record.parents.map(([, lap]) => lap)));
    seen.set(record.id, record);
  }
}

/** Law 3: no lap and no delay holds more than its limit, and every message is accounted for. */
function checkBrims({ limits }: Scenario, { laps, links }: Summary): void {
  expect(laps.max).toBeLessThanOrEqual(limits.laps);
  for (const line of links) {
    expect(line.sent).toBe(line.delivered + line.dropped + line.inFlight);
    expect(line.inFlight).toBeGreaterThanOrEqual(0);
    expect(line.inFlight).toBeLessThanOrEqual(line.way === 'feeds' ? 0 : limits.inFlight);
  }
}

describe('over random swarms', () => {
  it('histories have no loops, and nothing passes its brim', { timeout: 120_000 }, async () => {
    let entries = 0;
    await fc.assert(
      fc.asyncProperty(swarms, async (make) => {
        const piece = make(3);
        const { records, summary } = await play(piece, { durationSeconds: SECONDS });
        checkFamily(records);
        checkBrims(piece, summary);
        entries += records.length;
      }),
      { numRuns: 1000 },
    );
    expect(entries).toBeGreaterThan(10_000);
  });

  it('the journal is the same whatever the pace at which agents compute', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(swarms, async (make) => {
        const quick = await play(make(0), { durationSeconds: SECONDS });
        const slow = await play(make(5), { durationSeconds: SECONDS });
        expect(quick.summary.journal.entries).toBeGreaterThan(0);
        expect(slow.summary.journal).toEqual(quick.summary.journal);
      }),
      { numRuns: 300 },
    );
  });
});
