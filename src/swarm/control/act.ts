import { type AgentId, type Samples, UserError } from '../../core/index.js';
import type { Scenario } from '../../scenarios/index.js';
import type { Line } from '../line.js';
import type { Seat } from '../seat.js';

/** What a control comes to, once it is known to be possible. */
export interface Act {
  /** Agents that must not have reached the moment at which it takes effect. */
  readonly concerns: readonly AgentId[];
  /** What it does, in words: `loop 1 is paused`. */
  readonly says: string;
  /** The recording that is said, by its path from the scenario's folder. */
  readonly file?: string;
  /** Does it, for everything from `time` on, as the control of the given number. */
  readonly take: (time: Samples, control: number) => void;
}

/** What controls are judged by. */
export interface Ground {
  readonly scenario: Scenario;
  readonly seats: ReadonlyMap<AgentId, Seat>;
  /** The links as written; a link's number is its place here. */
  readonly lines: readonly Line[];
  /** Everyone whom what an agent says may reach, at any time. */
  readonly downstreamOf: (agent: AgentId) => readonly AgentId[];
  /** Called when a delay has changed. */
  readonly onDelay: () => void;
}

/** A control that cannot be done, in words. */
export function refusal(what: string, allowed?: string, hint?: string): UserError {
  return new UserError({ what, ...(allowed ? { allowed } : {}), ...(hint ? { hint } : {}) });
}

/** Refuses a name that no agent has. */
export function requireAgent({ scenario }: Ground, agent: AgentId): void {
  if (scenario.topology.members.has(agent)) return;
  const names = [...scenario.topology.members.keys()];
  const shown = names.slice(0, 12).join(', ') + (names.length > 12 ? ', …' : '');
  throw refusal(`there is no agent "${agent}"`, `one of ${shown}`);
}

/** Whether the receiver of a link plays in this engine, which then decides what crosses it. */
export function endsHere({ seats }: Ground, line: Line): boolean {
  return seats.has(line.link.to.agent);
}

/** Changes a line from `time` on. */
export function changeLine(
  { seats }: Ground,
  line: Line,
  time: Samples,
  change: Parameters<Line['schedule']['change']>[1],
): void {
  const sender = seats.get(line.link.from.agent);
  // Of one that plays elsewhere nobody here knows what is still on its way.
  const settled = sender ? Math.min(sender.time, sender.transitTime) : Number.NEGATIVE_INFINITY;
  line.schedule.change(time, change, settled);
}
