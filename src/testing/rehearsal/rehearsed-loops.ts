import type { Scenario } from '../../scenarios/index.js';
import type { RehearsedLoop } from './certificate.js';
import type { Ledger } from './ledger.js';

/** A loop is stuck when it carries nothing for so many of its periods, and so many seconds. */
const PERIODS_MAX = 20;

/** The loops of a scenario, and how long each carried nothing at its weakest link. */
export function rehearsedLoops(
  { topology, sampleRate, cast }: Scenario,
  ledger: Ledger,
  quietSecondsMin: number,
): readonly RehearsedLoop[] {
  const beats = new Map(
    cast.map(({ id, kind, params }) => [id, kind.ticks?.(params)?.everySeconds ?? 0]),
  );
  return topology.loops.map(({ agents, links }) => {
    const ways = links.map((index) => topology.links[index] as (typeof topology.links)[number]);
    const delay = ways.reduce((sum, { delaySamples }) => sum + delaySamples, 0) / sampleRate;
    const periodSeconds = delay + agents.reduce((sum, id) => sum + (beats.get(id) ?? 0), 0);
    const quiet = ways.map(
      ({ from, to }) => ledger.wire(from.agent, to.agent, to.port).quietSeconds,
    );
    const quietSeconds = Math.max(...quiet);
    const isStuck = quietSeconds > Math.max(quietSecondsMin, PERIODS_MAX * periodSeconds);
    return { agents, periodSeconds, quietSeconds, isStuck };
  });
}
