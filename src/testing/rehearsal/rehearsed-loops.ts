import type { Scenario } from '../../scenarios/index.js';
import type { RehearsedLoop } from './certificate.js';
import type { Ledger } from './ledger.js';

/**
 * A loop is stuck when it carries nothing for longer than all of these: so many of its periods, so
 * many of the slowest beat of all, which may be what feeds it, and so many seconds.
 */
const PERIODS_MAX = 20;
const BEATS_MAX = 3;
const QUIET_SECONDS_MIN = 60;

/** The loops of a scenario, and how long each carried nothing at its weakest link. */
export function rehearsedLoops(
  { topology, sampleRate, cast }: Scenario,
  ledger: Ledger,
): readonly RehearsedLoop[] {
  const beats = new Map(
    cast.map(({ id, kind, params }) => [id, kind.ticks?.(params)?.everySeconds ?? 0]),
  );
  const leastSeconds = Math.max(QUIET_SECONDS_MIN, BEATS_MAX * Math.max(0, ...beats.values()));
  return topology.loops.map(({ agents, links }) => {
    const ways = links.map((index) => topology.links[index] as (typeof topology.links)[number]);
    const delay = ways.reduce((sum, { delaySamples }) => sum + delaySamples, 0) / sampleRate;
    const periodSeconds = delay + agents.reduce((sum, id) => sum + (beats.get(id) ?? 0), 0);
    const quiet = ways.map(
      ({ from, to }) => ledger.wire(from.agent, to.agent, to.port).quietSeconds,
    );
    const quietSeconds = Math.max(...quiet);
    const isStuck = quietSeconds > Math.max(leastSeconds, PERIODS_MAX * periodSeconds);
    return { agents, periodSeconds, quietSeconds, isStuck };
  });
}
