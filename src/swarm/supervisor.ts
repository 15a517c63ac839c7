import { type Samples, messageOf } from '../core/index.js';
import type { Supervision } from '../scenarios/index.js';
import type { Chronicle } from './chronicle.js';
import { afterSeconds, stopwatch } from './clock.js';
import { type Death, PerformerDied } from './performer.js';
import type { Seat } from './seat.js';
import type { SwarmEvent } from './swarm-event.js';

/** A dead agent is started again at once, then ever more slowly. */
const FIRST_SECONDS = 0.1;
const LONGEST_SECONDS = 10;

/** What a supervisor reports to. */
export interface SupervisorParts {
  readonly policy: Supervision;
  readonly chronicle: Chronicle;
  readonly notify: (event: SwarmEvent) => void;
  readonly poke: () => void;
}

/**
 * Watches over one agent (one-for-one): when it dies or hangs it is started anew, after a pause.
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
    seat.performer.onDeath((death) => this.#died(death));
  }

  /** How many more deaths within the window the agent survives before it is parked. */
  get restartsLeft(): number {
    const { restarts, windowSeconds } = this.#parts.policy;
    const since = this.#wallSeconds() - windowSeconds;
    return Math.max(0, restarts - this.#deaths.filter((at) => at > since).length);
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

  #died({ how, says }: Death): void {
    const seat = this.#seat;
    if (this.#stopped || seat.health === 'parked') return;
    this.#callOff();
    const pause = this.#asked ? 0 : this.#nextPause();
    this.#asked = false;
    seat.health = pause === undefined ? 'parked' : 'down';
    const type = pause === undefined ? 'parked' : how;
    this.#tell({ type, agent: seat.id, says }, says);
    if (pause !== undefined) this.#callOff = afterSeconds(pause, () => void this.#bringBack());
  }

  /** Seconds to wait before the next start; undefined when it has died too often. */
  #nextPause(): number | undefined {
    const { restarts, windowSeconds } = this.#parts.policy;
    const now = this.#wallSeconds();
    this.#deaths = [...this.#deaths.filter((at) => at > now - windowSeconds), now];
    if (this.#deaths.length > restarts) return undefined;
    return Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** (this.#deaths.length - 1));
  }

  async #bringBack(): Promise<void> {
    const seat = this.#seat;
    try {
      await seat.performer.start();
    } catch (error) {
      // A death during the start has been reported by the performer itself.
      if (error instanceof PerformerDied) return;
      this.#died({ how: 'died', says: messageOf(error) });
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
