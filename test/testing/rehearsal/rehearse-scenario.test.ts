// Weeks in minutes: what a rehearsal certifies, that its seed repeats, and that it finds what is
// wrong.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineAgent, seconds } from '../../../src/agents/index.js';
import { port } from '../../../src/core/index.js';
import type { Scenario } from '../../../src/scenarios/index.js';
import {
  type MishapPlan,
  type RehearsalCertificate,
  rehearseScenario,
} from '../../../src/testing/index.js';
import { casting, link, relay, scenario } from '../../swarm/play.js';
import { babel } from './piece.js';

const HOUR = 1 / 24;

/** Often enough that an hour sees all of it. */
const STORM: MishapPlan = {
  kill: 200,
  throw: 200,
  nan: 200,
  slow: 200,
  drop: 100,
  duplicate: 100,
  reorder: 100,
  outage: 900,
  'full disk': 900,
  'torn write': 300,
};

const broken = ({ checks }: RehearsalCertificate): string[] =>
  checks.filter(({ passed }) => !passed).map(({ name, says }) => `${name}: ${says}`);

/** Two agents that go round, and one that beats. */
function small(): Scenario {
  const agents = [casting('pulse', { every: 2 }), casting('echo'), casting('wall')];
  const links = [
    link('pulse', 'echo'),
    link('echo', 'wall'),
    link('wall', 'echo', { delaySamples: 700, laps: 6 }),
  ];
  return scenario(agents, links, { limits: { laps: 8, inbox: 4 } });
}

describe('a rehearsal', { timeout: 60_000 }, () => {
  it('certifies a small piece through an hour of storm, whatever the seed', async () => {
    const struck = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const found = await rehearseScenario(small(), { days: HOUR, seed, mishaps: STORM });
      expect(broken(found), `seed ${seed}`).toEqual([]);
      expect(found.passed).toBe(true);
      for (const [name, count] of Object.entries(found.figures.mishaps)) {
        if (count > 0) struck.add(name);
      }
    }
    expect([...struck].sort()).toEqual(
      Object.keys(STORM)
        .filter((k) => k !== 'full disk' && k !== 'torn write')
        .sort(),
    );
  });

  it('repeats with its seed, and differs with another', async () => {
    const one = await rehearseScenario(await babel(), { days: HOUR, seed: 5, mishaps: STORM });
    const two = await rehearseScenario(await babel(), { days: HOUR, seed: 5, mishaps: STORM });
    const other = await rehearseScenario(await babel(), { days: HOUR, seed: 6, mishaps: STORM });
    expect(broken(one)).toEqual([]);
    expect(two.figures).toEqual(one.figures);
    expect(other.figures).not.toEqual(one.figures);
  });
});
