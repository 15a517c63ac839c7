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
 * Watches over one agent (one-for-one): when its process dies it is started anew, after a pause.
 */
export class Supervisor {
  readonly #seat: Seat;
  readonly #parts: SupervisorParts;
  readonly #wallSeconds = stopwatch();
  #deaths: number[] = [];
  #stopped = false;
  /** Set while a death that was asked for is still to come. */
  #asked = false;
  #callOff = (): void => {};

  constructor(seat: Seat, parts: SupervisorParts) {
    this.#seat = seat;
    this.#parts = parts;
    seat.performer.onDeath((says) => this.#died(says));
  }

  /** How many more deaths within the window the agent survives before it is parked. */
  get restartsLeft(): number {
    const { deathsMax, windowSeconds } = this.#parts.policy;
    const since = this.#wallSeconds() - windowSeconds;
    return Math.max(0, deathsMax - this.#deaths.filter((at) => at > since).length);
  }

  /** Starts nothing any more. */
  stop(): void {
    this.#stopped = true;
    this.#callOff();
  }

  /** Lets the next death count for nothing: it was asked for, and the agent is back at once. */
  expectDeath(): void {
    this.#asked = true;
  }

  /** Starts a parked agent again, its deaths forgotten. */
  revive(): void {
    this.#deaths = [];
    this.#seat.health = 'down';
    void this.#bringBack();
  }

  #died(says: string): void {
    const seat = this.#seat;
    if (this.#stopped || seat.health === 'parked') return;
    this.#callOff();
    const pause = this.#asked ? 0 : this.#nextPause();
    this.#asked = false;
    seat.health = pause === undefined ? 'parked' : 'down';
    const type = pause === undefined ? 'parked' : 'died';
    this.#tell({ type, agent: seat.id, says }, says);
    if (pause !== undefined) this.#callOff = afterSeconds(pause, () => void this.#bringBack());
  }

  /** Seconds to wait before the next start; undefined when it has died too often. */
  #nextPause(): number | undefined {
    const { firstSeconds, longestSeconds, deathsMax, windowSeconds } = this.#parts.policy;
    const now = this.#wallSeconds();
    this.#deaths = [...this.#deaths.filter((at) => at > now - windowSeconds), now];
    if (this.#deaths.length > deathsMax) return undefined;
    return Math.min(longestSeconds, firstSeconds * 2 ** (this.#deaths.length - 1));
  }

  async #bringBack(): Promise<void> {
    const seat = this.#seat;
    try {
      await seat.performer.start();
    } catch (error) {
      // A death during the start has been reported by the performer itself.
      if (!(error instanceof PerformerDied)) this.#died(messageOf(error));
      return;
    }
    if (this.#stopped) return;
    seat.health = 'up';
    seat.counts.restarts++;
    this.#tell({ type: 'restarted', agent: seat.id, restarts: seat.counts.restarts });
  }

  #tell(event: Extract<SwarmEvent, { agent: string }>, says?: string): void {
    const time: Samples = Math.max(0, this.#seat.time);
    const record = { type: 'happened', time, what: event.type, agent: this.#seat.id } as const;
    this.#parts.chronicle.happened(says === undefined ? record : { ...record, says });
    this.#parts.notify(event);
    this.#parts.poke();
  }
}
