// The three laws hold in every run of every topology that was let in. They are what makes a swarm
// safe to leave alone.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalRecord, SaidRecord } from '../../src/archive/index.js';
import type { Scenario } from '../../src/scenarios/index.js';
import type { Summary } from '../../src/swarm/index.js';
import { play } from './play.js';
import { swarms } from './random-swarms.js';

const SECONDS = 0.3;

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
