import { type Samples, messageOf } from '../core/index.js';
import type { Chronicle } from './chronicle.js';
import { afterSeconds, stopwatch } from './clock.js';
import { PerformerDied } from './performer.js';
import type { Seat } from './seat.js';
import type { SwarmEvent } from './swarm-event.js';

/** How often and how soon a dead agent is started again. */
export interface RestartPolicy {
  readonly firstSeconds: number;
  readonly longestSeconds: number;
  /** More deaths than this within the window park the agent. */
  readonly deathsMax: number;
  readonly windowSeconds: number;
}

/** Restarts at once, then ever more slowly, and gives up after ten deaths in a minute. */
export const RESTART_POLICY: RestartPolicy = {
  firstSeconds: 0.1,
  longestSeconds: 10,
  deathsMax: 10,
  windowSeconds: 60,
};

/** What a supervisor reports to. */
export interface SupervisorParts {
  readonly policy: RestartPolicy;
  readonly chronicle: Chronicle;
  readonly notify: (event: SwarmEvent) => void;
  readonly poke: () => void;
}

/**
 * Watches over one agent (one-for-one): when its process dies it is started anew, after a growing
 * pause.
 */
export function supervise(seat: Seat, parts: SupervisorParts): { stop(): void } {
  const wallSeconds = stopwatch();
  let deaths: number[] = [];
  let stopped = false;
  let callOff = (): void => {};
  const tell = (what: string, event: SwarmEvent, says?: string): void => {
    const time: Samples = Math.max(0, seat.time);
    const record = { type: 'happened', time, what, agent: seat.id } as const;
    parts.chronicle.happened(says === undefined ? record : { ...record, says });
    parts.notify(event);
    parts.poke();
  };
  const bringBack = async (): Promise<void> => {
    try {
      await seat.performer.start();
    } catch (error) {
      // A death during the start has been reported by the performer itself.
      if (!(error instanceof PerformerDied)) died(messageOf(error));
      return;
    }
    if (stopped) return;
    seat.health = 'up';
    seat.counts.restarts++;
    tell('restarted', { type: 'restarted', agent: seat.id, restarts: seat.counts.restarts });
  };
  const died = (says: string): void => {
    if (stopped || seat.health === 'parked') return;
    const { policy } = parts;
    const now = wallSeconds();
    deaths = [...deaths.filter((at) => at > now - policy.windowSeconds), now];
    callOff();
    if (deaths.length > policy.deathsMax) {
      seat.health = 'parked';
      tell('parked', { type: 'parked', agent: seat.id, says }, says);
      return;
    }
    seat.health = 'down';
    tell('died', { type: 'died', agent: seat.id, says }, says);
    const pause = Math.min(policy.longestSeconds, policy.firstSeconds * 2 ** (deaths.length - 1));
    callOff = afterSeconds(pause, () => void bringBack());
  };
  seat.performer.onDeath(died);
  return {
    stop: () => {
      stopped = true;
      callOff();
    },
  };
}
