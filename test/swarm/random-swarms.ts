import fc from 'fast-check';
import type { Scenario } from '../../src/scenarios/index.js';
import { casting, link, scenario } from './play.js';

/** Random swarms: feeding links only forwards, returning links anywhere, some agents that beat. */
export const swarms: fc.Arbitrary<(turns: number, probability?: number) => Scenario> = fc
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
