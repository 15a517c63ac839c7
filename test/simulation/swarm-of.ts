import type { AnyAgentKind } from '../../src/agents/index.js';
import { type Random, seededRandom } from '../../src/core/index.js';
import type { Scenario } from '../../src/scenarios/index.js';
import type { BusFaults, KindFaults } from '../../src/testing/index.js';
import type { Keep, Link } from '../../src/topologies/index.js';
import { casting, link, relay, scenario } from '../swarm/play.js';

/** How many events of the loop an agent may take for a step, and how it is made faulty. */
export interface SwarmTwist {
  readonly turns?: number;
  readonly kind?: AnyAgentKind;
}

/** A small random swarm, by seed alone: everything about it can be had again. */
export function swarmOf(seed: number, { turns = 2, kind = relay }: SwarmTwist = {}): Scenario {
  const random = seededRandom(seed, 'swarm');
  const count = 2 + random.below(4);
  const times = 1 + random.below(2);
  const agents = Array.from({ length: count }, (_, i) => {
    const beat = i % 2 === 0 ? { every: 0.03 + i * 0.01 } : {};
    return casting(`a${i}`, { ...beat, times, turns, after: i === 1 ? 7 : 0 }, kind);
  });
  const links = [
    ...someOf(8, random, () => feed(count, random)),
    ...someOf(6, random, () => returning(count, random)),
  ];
  const unique = new Map(
    links
      .filter(({ from, to, way }) => way === 'returns' || from.agent !== to.agent)
      .map((one) => [`${one.from.agent}${one.way}${one.to.agent}`, one]),
  );
  const limits = {
    laps: 1 + random.below(12),
    inbox: 1 + random.below(4),
    inFlight: 1 + random.below(5),
    emissions: 16,
  };
  return scenario(agents, [...unique.values()], { seed: random.below(1000), limits });
}

function someOf<T>(max: number, random: Random, make: () => T): T[] {
  return Array.from({ length: 1 + random.below(max) }, make);
}

function feed(count: number, random: Random): Link {
  const [from, to] = [random.below(count), random.below(count)].sort((a, b) => a - b);
  return link(`a${from}`, `a${to}`, gates(random));
}

function returning(count: number, random: Random): Link {
  return link(`a${random.below(count)}`, `a${random.below(count)}`, {
    ...gates(random),
    delaySamples: 1 + random.below(120),
    keep: random.pick<Keep>(['oldest', 'newest', 'latest']),
  });
}

function gates(random: Random): Partial<Link> {
  return { every: random.pick([1, 1, 1, 2, 3]), probability: random.pick([1, 1, 0.8]) };
}

/** Faults of a bus by seed: every one of them may be absent, rare or common. */
export function busFaultsOf(seed: number): BusFaults {
  const random = seededRandom(seed, 'bus faults');
  const often = (): number => random.pick([0, 0.02, 0.2, 0.5]);
  const delayTurnsMax = random.pick([1, 4, 16]);
  return {
    seed,
    drop: often(),
    duplicate: often(),
    delay: often(),
    reorder: often(),
    delayTurnsMax,
  };
}

/** Faults of a kind by seed. */
export function kindFaultsOf(seed: number): KindFaults {
  const random = seededRandom(seed, 'kind faults');
  const often = (): number => random.pick([0, 0.02, 0.2]);
  return {
    seed,
    throws: often(),
    poisons: often(),
    floods: often(),
    mute: often(),
    untimely: often(),
  };
}
