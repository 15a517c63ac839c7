// Whatever a bus does, a run ends, its laws hold and what was lost is counted: a piece must be safe
// to leave alone on a network that is not.
import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../src/archive/index.js';
import { createEmbeddedBus } from '../../src/bus/index.js';
import type { SwarmEvent } from '../../src/swarm/index.js';
import { faultyBus } from '../../src/testing/index.js';
import { play } from '../swarm/play.js';
import { breaches } from './breaches.js';
import { rehearsed } from './rehearsed.js';
import { busFaultsOf, swarmOf } from './swarm-of.js';

const seeds = (count: number): number[] => Array.from({ length: count }, (_, seed) => seed);

/** What happened to the swarm itself is journaled at once, so its place depends on the pace. */
function ordered(records: readonly JournalRecord[]): unknown {
  const happened = records.filter(({ type }) => type === 'happened').map((r) => JSON.stringify(r));
  return [records.filter(({ type }) => type !== 'happened'), happened.sort()];
}

/** Seeds that once failed, and what they found. */
const PINNED: readonly (readonly [seed: number, found: string])[] = [
  [0, 'a link that keeps the latest journaled its newest message as dropped'],
];

async function holds(seed: number): Promise<void> {
  const account = await rehearsed(swarmOf(seed), busFaultsOf(seed)).catch((error: unknown) => {
    throw new Error(`seed ${seed}: ${String(error)}`);
  });
  expect(breaches(account), `seed ${seed}`).toEqual([]);
  expect(account.lost, `seed ${seed}: lost`).toBe(account.faults.dropped);
}

describe('over a faulty bus', { timeout: 60_000 }, () => {
  it('every law holds and every loss is counted, seed by seed', async () => {
    for (const seed of seeds(300)) await holds(seed);
  });

  it.each(PINNED)('seed %i holds again: %s', (seed) => holds(seed));

  it('what is only late, double or out of order changes no byte', async () => {
    let suffered = 0;
    for (const seed of seeds(100)) {
      const piece = swarmOf(seed);
      const plain = await rehearsed(piece);
      const harmed = await rehearsed(piece, { ...busFaultsOf(seed + 1), drop: 0 });
      expect(harmed.summary.journal, `seed ${seed}`).toEqual(plain.summary.journal);
      suffered += harmed.faults.delayed + harmed.faults.duplicated + harmed.faults.reordered;
    }
    expect(suffered).toBeGreaterThan(1000);
  });

  it('the same faults give the same journal, whatever the pace', async () => {
    let dropped = 0;
    for (const seed of seeds(60)) {
      const faults = busFaultsOf(seed);
      const one = await rehearsed(swarmOf(seed, { turns: 0 }), faults);
      const two = await rehearsed(swarmOf(seed, { turns: 5 }), faults);
      expect(ordered(two.records), `seed ${seed}`).toEqual(ordered(one.records));
      expect(two.summary.journal, `seed ${seed}`).toEqual(one.summary.journal);
      dropped += one.faults.dropped;
    }
    expect(dropped).toBeGreaterThan(100);
  });

  it('a cut line costs what was said meanwhile, counted, and no more', async () => {
    for (const seed of seeds(40)) {
      const bus = faultyBus(createEmbeddedBus(), { seed });
      const onEvent = (event: SwarmEvent): void => {
        if (event.type !== 'said') return;
        if (event.envelope.id === 'a0.3') bus.cut();
        if (event.envelope.id === 'a0.7') bus.mend();
      };
      const piece = swarmOf(seed);
      const account = await play(piece, { bus, onEvent, durationSeconds: 0.5 });
      expect(breaches({ piece, ...account }), `seed ${seed}`).toEqual([]);
      expect(account.summary.bus.reconnects, `seed ${seed}`).toBe(1);
      const lost = account.records.filter((r) => r.type === 'dropped' && r.reason === 'lost');
      if (lost.length > 0) expect(account.summary.bus.gaps, `seed ${seed}`).toBeGreaterThan(0);
    }
  });

  it('what turns up after it was given up stays lost', async () => {
    let late = 0;
    for (const seed of seeds(50)) {
      const faults = { seed, delay: 0.3, reorder: 0.3, delayTurnsMax: 12, patienceTurns: 4 };
      const account = await rehearsed(swarmOf(seed), faults);
      expect(breaches(account), `seed ${seed}`).toEqual([]);
      late += account.lost;
    }
    expect(late).toBeGreaterThan(100);
  });
});
