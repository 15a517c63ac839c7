import type { CastRun } from '../agents/index.js';
import type { Packed } from '../archive/index.js';
import type { AgentId, Fork, Samples } from '../core/index.js';
import type { Arrival, Utterance } from './happening.js';

/** Everything needed to play an agent, as plain data that another process understands. */
export interface Part {
  readonly id: AgentId;
  readonly kind: string;
  readonly kindFile?: string;
  readonly written: Readonly<Record<string, unknown>>;
  readonly runs: Readonly<Record<string, CastRun>>;
  readonly forks?: readonly Fork[];
  readonly seed: number;
  readonly sampleRate: number;
  readonly folder: string;
  readonly outputFolder: string;
  /** Where large arrays of its state go when it is kept: the first folder; all are searched. */
  readonly blobs: readonly [string, ...string[]];
}

/**
 * Where and as what an agent enters a run that began without it, or that it was lost in; then the
 * state may be of an earlier moment.
 */
export interface Entrance {
  readonly now: Samples;
  /** Absent where it begins anew, as another kind does. */
  readonly state?: Packed;
}

/**
 * One step to take: the agent's own count of steps, the logical time, and what arrived (a beat
 * without an arrival).
 */
export interface Job {
  readonly step: number;
  readonly now: Samples;
  readonly arrival: Arrival | undefined;
  readonly beat: number;
}

/** What a step said, when, and the seconds it took to compute. */
export interface Outcome {
  readonly said: readonly (Utterance & { readonly after: Samples })[];
  readonly computeSeconds: number;
}

/** Whoever plays an agent: in this process or in another. */
export interface Performer {
  /** Starts anew, also after a death; given an entrance, with the state that was kept there. */
  start(entrance?: Entrance): Promise<void>;
  /** Its state as plain data, large arrays by hash; a UserError for what cannot be kept. */
  save(): Promise<Packed>;
  /**
   * Takes one step; rejects with `PerformerDied` when it died or hangs meanwhile, or with the
   * kind's own error.
   */
  receive(job: Job): Promise<Outcome>;
  /** Ends at logical time `now`. */
  stop(now: Samples): Promise<void>;
  /** Calls back each time it is lost. */
  onDeath(listener: (death: Death) => void): void;
  /** The operating-system process that computes, for a performer that has one of its own. */
  readonly pid: number | undefined;
}

/** How a performer was lost: its process ended, or it gave no answer for too long. */
export interface Death {
  readonly how: 'died' | 'hung';
  readonly says: string;
}

/** The performer of an agent is lost: killed, crashed, out of memory, or hung and given up. */
export class PerformerDied extends Error {
  readonly how: Death['how'];

  constructor({ how, says }: Death) {
    super(says);
    this.name = 'PerformerDied';
    this.how = how;
  }
}
