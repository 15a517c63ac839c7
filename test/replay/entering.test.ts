// Entering a run at a checkpoint and changing nothing gives the same future: the law on which
// forks, replays from the middle and the rebuilding of sounds rest.
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../src/archive/index.js';
import type { PlannedControl } from '../../src/swarm/index.js';
import { casting, link, scenario } from '../swarm/play.js';
import { swarms } from '../swarm/random-swarms.js';
import { enterInto, makeRoom, playInto } from './entered.js';

const room = makeRoom();
afterAll(() => room.leave(), 60_000);

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

  it('goes on under the controls that were in force, and takes those that lay ahead', async () => {
    const piece = scenario(
      [casting('a', { every: 0.02 }), casting('b', { turns: 2 }), casting('c')],
      [link('a', 'b'), link('b', 'c'), link('c', 'a', { delaySamples: 40 })],
    );
    const plannedControls: PlannedControl[] = [
      { time: 30, control: { name: 'mute', agent: 'b', on: true } },
      { time: 50, control: { name: 'gain', link: 0, gain: 0.25 } },
      { time: 90, control: { name: 'mute', agent: 'b', on: false } },
      { time: 130, control: { name: 'delay', link: 2, delaySeconds: 0.005 } },
      { time: 210, control: { name: 'pause-loop', loop: 1, on: true } },
    ];
    const options = { durationSeconds: 0.4, checkpoints: { everySeconds: 0.1 } };
    const base = room.folder();
    const records = await playInto(base, piece, { ...options, plannedControls });
    for (const time of [100, 200, 300]) {
      const entered = await enterInto(room.folder(), { piece, base, time }, options);
      expect(entered).toEqual(from(records, time));
    }
    const unsteered = await playInto(room.folder(), piece, options);
    expect(from(unsteered, 100)).not.toEqual(from(records, 100));
  });
});
