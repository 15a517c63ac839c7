import type { Ticks } from '../agents/index.js';
import type { AgentId, ModelRef } from '../core/index.js';
import type { Casting, Scenario } from '../scenarios/index.js';
import { feedingOrder } from './horizon.js';
import { Line } from './line.js';
import type { Part, Performer } from './performer.js';
import { inlinePerformer, troupePerformer } from './performers.js';
import { Seat } from './seat.js';
import { Troupe } from './troupe.js';

/**
 * The agents of a scenario that this process answers for, seated, and the processes some of them
 * play in.
 */
export interface Cast {
  /** In the order of feeding. */
  readonly seats: readonly Seat[];
  readonly lines: readonly Line[];
  readonly ticks: ReadonlyMap<AgentId, Ticks>;
  readonly troupes: readonly Troupe[];
}

/** How to seat them. */
export interface CastOptions {
  /** Only these agents; all when absent. */
  readonly only?: readonly AgentId[];
  /** How many processes the agents isolated in processes share; one each when absent. */
  readonly processes?: number;
  readonly outputFolder: string;
  /** Where the arrays of checkpoints go, and where else they may lie. */
  readonly blobs: readonly [string, ...string[]];
  readonly log?: string;
  /** Seconds without an answer after which an agent is given up. */
  readonly hangSeconds: number;
  /** Stands between the engine and whoever plays an agent. */
  readonly between?: (plays: Performer, agent: AgentId) => Performer;
}

function partOf(casting: Casting, scenario: Scenario, options: CastOptions): Part {
  const { outputFolder, blobs } = options;
  const { id, kind, kindFile, written, runs, forks } = casting;
  const { seed, sampleRate, folder } = scenario;
  const world = { seed, sampleRate, folder, outputFolder, blobs };
  const part = { id, kind: kind.kind, written, runs, ...world };
  const forked = forks === undefined ? part : { ...part, forks };
  return kindFile === undefined ? forked : { ...forked, kindFile };
}

function performers(
  castings: readonly Casting[],
  scenario: Scenario,
  options: CastOptions,
): { of: ReadonlyMap<AgentId, Performer>; troupes: Troupe[] } {
  const isolated = castings.filter((casting) => casting.isolation === 'process');
  const count = Math.min(isolated.length, options.processes ?? isolated.length);
  const troupes = Array.from({ length: count }, () => new Troupe(options.log));
  const { hangSeconds } = options;
  const of = new Map<AgentId, Performer>();
  for (const casting of castings) {
    const part = partOf(casting, scenario, options);
    const troupe = troupes[isolated.indexOf(casting) % Math.max(1, count)];
    const apart = casting.isolation === 'process' && troupe !== undefined;
    const plays = apart
      ? troupePerformer(part, troupe, hangSeconds)
      : inlinePerformer(casting.kind, part, hangSeconds);
    of.set(casting.id, options.between?.(plays, casting.id) ?? plays);
  }
  return { of, troupes };
}

function modelsOf(casting: Casting): ModelRef[] {
  return Object.values(casting.runs).map(({ id, hash }) => ({ run: id, hash }));
}

/** Seats a scenario's agents. Nothing starts yet. */
export function seatCast(scenario: Scenario, options: CastOptions): Cast {
  const { topology, limits, seed } = scenario;
  const forks = new Map(scenario.cast.map(({ id, forks: own = [] }) => [id, own]));
  const lines = topology.links.map((link, index) => {
    return new Line(link, index, limits, { seed, forks });
  });
  const here = scenario.cast.filter(({ id }) => options.only?.includes(id) ?? true);
  const { of, troupes } = performers(here, scenario, options);
  const ranks = feedingOrder(
    scenario.cast.map(({ id }) => id),
    lines,
  );
  const seats = here.map((casting) => {
    const { id, kind } = casting;
    const rank = ranks.get(id) as number;
    const performer = of.get(id) as Performer;
    const models = modelsOf(casting);
    return new Seat({ id, kind: kind.kind, rank, outputs: kind.outputs, models, performer });
  });
  seats.sort((a, b) => a.rank - b.rank);
  const ticks = new Map<AgentId, Ticks>();
  for (const { id, kind, params } of here) {
    const beat = kind.ticks?.(params);
    if (beat !== undefined) ticks.set(id, beat);
  }
  return { seats, lines, ticks, troupes };
}
