import { type Samples, messageOf, toSeconds } from '../core/index.js';
import type { Supervision } from '../scenarios/index.js';
import type { Memories, Memory } from './checkpoint/memory.js';
import type { Chronicle } from './chronicle.js';
import { afterSeconds, stopwatch } from './clock.js';
import { type Death, PerformerDied } from './performer.js';
import type { Seat } from './seat.js';
import type { SwarmEvent } from './swarm-event.js';

/** A dead agent is started again at once, then ever more slowly. */
const FIRST_SECONDS = 0.1;

/** The longest pause before that, unless said otherwise. */
export const PAUSE_SECONDS_MAX = 10;

/** What a supervisor reports to. */
export interface SupervisorParts {
  readonly policy: Supervision;
  readonly pauseSecondsMax: number;
  readonly sampleRate: number;
  readonly memories: Memories;
  readonly chronicle: Chronicle;
  readonly notify: (event: SwarmEvent) => void;
  readonly poke: () => void;
}

/**
 * Watches over one agent (one-for-one): when it dies or hangs it is started anew, after a pause,
 * with what it was at the latest checkpoint.
 */
export class Supervisor {
  readonly #seat: Seat;
  readonly #parts: SupervisorParts;
  readonly #wallSeconds = stopwatch();
  #deaths: number[] = [];
  #stopped = false;
  /** Set while a death that was asked for is still to come. */
  #asked = false;
  /** Whether it shall begin with nothing, because that is what was asked for. */
  #anew = false;
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
    this.#anew = true;
    this.#seat.health = 'down';
    void this.#bringBack();
  }

  #died({ how, says }: Death): void {
    const seat = this.#seat;
    if (this.#stopped || seat.health === 'parked') return;
    this.#callOff();
    const pause = this.#asked ? 0 : this.#nextPause();
    this.#anew ||= this.#asked;
    this.#asked = false;
    seat.health = pause === undefined ? 'parked' : 'down';
    const type = pause === undefined ? 'parked' : how;
    this.#tell({ type, agent: seat.id, says });
    if (pause !== undefined) this.#callOff = afterSeconds(pause, () => void this.#bringBack());
  }

  /** Seconds to wait before the next start; undefined when it has died too often. */
  #nextPause(): number | undefined {
    const { restarts, windowSeconds } = this.#parts.policy;
    const now = this.#wallSeconds();
    this.#deaths = [...this.#deaths.filter((at) => at > now - windowSeconds), now];
    if (this.#deaths.length > restarts) return undefined;
    return Math.min(this.#parts.pauseSecondsMax, FIRST_SECONDS * 2 ** (this.#deaths.length - 1));
  }

  async #bringBack(): Promise<void> {
    const seat = this.#seat;
    const now = Math.max(0, seat.time);
    let says: string;
    try {
      says = await this.#startAgain(now);
    } catch (error) {
      // A death during the start has been reported by the performer itself.
      if (error instanceof PerformerDied) return;
      this.#died({ how: 'died', says: messageOf(error) });
      return;
    }
    if (this.#stopped) return;
    this.#anew = false;
    seat.health = 'up';
    seat.counts.restarts++;
    this.#tell({ type: 'restarted', agent: seat.id, restarts: seat.counts.restarts, says }, now);
  }

  /** Returns what it was started with, in words. */
  async #startAgain(now: Samples): Promise<string> {
    const { memories, sampleRate } = this.#parts;
    const { performer } = this.#seat;
    const memory = memories.of(this.#seat);
    const nothing = this.#whyNothing(memory);
    if (memory === undefined || nothing !== undefined) {
      await performer.start({ now });
      return `with nothing: ${nothing}`;
    }
    try {
      await performer.start({ now, state: memory.state });
      return `with its memory of ${toSeconds(memory.time, sampleRate)} s`;
    } catch (error) {
      if (error instanceof PerformerDied) throw error;
      await performer.start({ now });
      return `with nothing: ${messageOf(error)}`;
    }
  }

  /** What it remembers may be the very thing it dies of, so half of the restarts do without. */
  #whyNothing(memory: Memory | undefined): string | undefined {
    if (this.#anew) return 'it was asked to';
    if (memory === undefined) return 'no checkpoint holds anything of it';
    const often = this.#deaths.length > Math.ceil(this.#parts.policy.restarts / 2);
    return often ? 'it died too often with what it remembered' : undefined;
  }

  #tell(event: Told, time: Samples = Math.max(0, this.#seat.time)): void {
    const { type: what, agent, says } = event;
    this.#parts.chronicle.happened({ type: 'happened', time, what, agent, says });
    this.#parts.notify(event);
    this.#parts.poke();
  }
}

type Told = Extract<SwarmEvent, { type: Death['how'] | 'parked' | 'restarted' }>;
