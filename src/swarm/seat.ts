import {
  type AgentId,
  type EnvelopeId,
  type Limits,
  type ModelRef,
  type Ports,
  type Samples,
} from '../core/index.js';
import type { Keep } from '../topologies/index.js';
import { Agenda } from './agenda.js';
import { settleInstant } from './brim.js';
import type { AgentHappening, Delivery } from './happening.js';
import type { Performer } from './performer.js';

/** What an agent has done so far. */
export interface SeatCounts {
  received: number;
  emitted: number;
  dropped: number;
  restarts: number;
  failures: number;
  /** Sounds in which numbers that are none were faded out. */
  scrubbed: number;
  computeSeconds: number;
}

/** Whether an agent can be spoken to: a parked one has died too often and stays down. */
export type Health = 'up' | 'down' | 'parked';

/** What a seat is made of. */
export interface SeatParts {
  readonly id: AgentId;
  readonly kind: string;
  /** Rank in the order of feeding: whoever feeds at the same instant comes first. */
  readonly rank: number;
  readonly outputs: Ports;
  readonly models: readonly ModelRef[];
  readonly performer: Performer;
}

/** An agent's place in the scheduler: what lies before it, what it is doing, what it has said. */
export class Seat {
  readonly id: AgentId;
  readonly kind: string;
  readonly rank: number;
  readonly outputs: Ports;
  readonly models: readonly ModelRef[];
  readonly performer: Performer;
  readonly agenda = new Agenda();
  readonly counts: SeatCounts = {
    received: 0,
    emitted: 0,
    dropped: 0,
    restarts: 0,
    failures: 0,
    scrubbed: 0,
    computeSeconds: 0,
  };
  /** Envelopes said but not yet heard back from the bus, by id, with their times. */
  readonly transit = new Map<EnvelopeId, Samples>();
  readonly sequences = new Map<string, number>();
  health: Health = 'up';
  /** The instant it is at; happenings before it are past. */
  time: Samples = -1;
  busy = false;
  steps = 0;
  /** Sayings planned so far, and how many of them are still to come. */
  sayings = 0;
  sayingsAhead = 0;
  /** When it spoilt a sound, within the last seconds. */
  spoilt: readonly Samples[] = [];
  #instant: AgentHappening[] = [];

  constructor(parts: SeatParts) {
    this.id = parts.id;
    this.kind = parts.kind;
    this.rank = parts.rank;
    this.outputs = parts.outputs;
    this.models = parts.models;
    this.performer = parts.performer;
  }

  /** The earliest moment at which this agent may yet say something because of what is known now. */
  get root(): Samples {
    const own = this.busy || this.#instant.length > 0 ? this.time : this.agenda.nextTime;
    return Math.min(own, this.transitTime);
  }

  /** The earliest envelope of this agent that is still on the bus. */
  get transitTime(): Samples {
    let earliest = Number.POSITIVE_INFINITY;
    for (const time of this.transit.values()) if (time < earliest) earliest = time;
    return earliest;
  }

  /**
   * Whether something may yet come of this agent. The beats of one that never speaks are no life:
   * a recorder must not keep a finished piece going.
   */
  get alive(): boolean {
    if (Object.keys(this.outputs).length > 0) return Number.isFinite(this.root);
    if (this.busy || this.#instant.length > 0) return true;
    return this.agenda.rest().some((happening) => happening.type !== 'beat');
  }

  get atInstant(): boolean {
    return this.#instant.length > 0;
  }

  /** Enters the next instant and returns what its inbox could not hold. */
  openInstant(limits: Limits, keepOf: (link: number) => Keep): readonly Delivery[] {
    this.time = this.agenda.nextTime;
    const { kept, spilled } = settleInstant(this.agenda.takeInstant(), limits.inbox, keepOf);
    this.#instant = kept;
    this.counts.dropped += spilled.length;
    return spilled;
  }

  /** The next happening of the open instant. */
  takeNext(): AgentHappening | undefined {
    return this.#instant.shift();
  }

  /** Everything that has not happened, for the final account. */
  unheard(): readonly AgentHappening[] {
    return [...this.#instant, ...this.agenda.rest()];
  }
}
