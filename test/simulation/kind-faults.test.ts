// Whatever an agent does, it harms itself alone: what no agent may say is refused and counted, and
// the laws hold for the rest.
import { describe, expect, it } from 'vitest';
import type { HappenedRecord } from '../../src/archive/index.js';
import { type KindFaults, faultyKind } from '../../src/testing/index.js';
import { casting, link, play, relay, scenario } from '../swarm/play.js';
import { breaches } from './breaches.js';
import { rehearsed } from './rehearsed.js';
import { busFaultsOf, kindFaultsOf, swarmOf } from './swarm-of.js';

/** What ten beats of one agent that has a fault at every step come to, and what it is told. */
async function always(fault: keyof KindFaults): Promise<{ emitted: number; told: string[] }> {
  const kind = faultyKind(relay, { seed: 1, [fault]: 1 });
  const piece = scenario(
    [casting('a', { every: 0.01, count: 10 }, kind), casting('b')],
    [link('a', 'b')],
  );
  const { summary, records } = await play(piece);
  const told = records.filter((r): r is HappenedRecord => r.type === 'happened');
  expect(summary.agents[0]?.failures).toBe(told.length);
  return { emitted: summary.agents[0]?.emitted ?? 0, told: told.map(({ says }) => says ?? '') };
}

describe('an agent that', () => {
  it.each([
    ['throws', 'a fault that was asked for'],
    ['poisons', 'NaN or infinity on "out"'],
    ['floods', '100 emissions in one step'],
    ['untimely', 'after NaN samples'],
  ] as const)('%s is told so at every step, and is not heard', async (fault, says) => {
    const { emitted, told } = await always(fault);
    expect(emitted).toBe(0);
    expect(told).toHaveLength(10);
    expect(told[0]).toContain(says);
  });

  it('falls silent has done nothing wrong', async () => {
    expect(await always('mute')).toEqual({ emitted: 0, told: [] });
  });
});

describe('with faulty agents on a faulty bus', { timeout: 60_000 }, () => {
  it('every law holds for the rest, and every failure is counted, seed by seed', async () => {
    let failures = 0;
    for (let seed = 0; seed < 120; seed++) {
      const piece = swarmOf(seed, { kind: faultyKind(relay, kindFaultsOf(seed)) });
      const account = await rehearsed(piece, busFaultsOf(seed)).catch((error: unknown) => {
        throw new Error(`seed ${seed}: ${String(error)}`);
      });
      expect(breaches(account), `seed ${seed}`).toEqual([]);
      const told = account.records.filter((r) => r.type === 'happened').length;
      const counted = account.summary.agents.reduce((sum, agent) => sum + agent.failures, 0);
      expect(told, `seed ${seed}: failures in the journal`).toBe(counted);
      failures += counted;
    }
    expect(failures).toBeGreaterThan(300);
  });
});
