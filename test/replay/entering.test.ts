// Entering a run at a checkpoint and changing nothing gives the same future: the law on which
// forks, replays from the middle and the rebuilding of sounds rest.
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../src/archive/index.js';
import { swarms } from '../swarm/random-swarms.js';
import { enterInto, makeRoom, playInto } from './entered.js';

const room = makeRoom();
afterAll(() => room.leave());

const from = (records: readonly JournalRecord[], time: number): JournalRecord[] =>
  records.filter((record) => record.time >= time);

describe('a run that is entered at a checkpoint', () => {
  it('goes on as it went, in any swarm, at any checkpoint', { timeout: 120_000 }, async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(swarms, fc.integer({ min: 1, max: 290 }), async (make, every) => {
        const piece = make(3);
        const options = { durationSeconds: 0.3, checkpoints: { everySeconds: every / 1000 } };
        const base = room.folder();
        const records = await playInto(base, piece, options);
        const time = every * Math.max(1, Math.floor(150 / every));
        const entered = await enterInto(room.folder(), { piece, base, time }, options);
        expect(entered).toEqual(from(records, time));
        compared += entered.length;
      }),
      { numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(2000);
  });
});
