import {
  type ArrayKeep,
  type ArraySource,
  type Packed,
  pack,
  unpack,
} from '../../archive/index.js';
import { type AgentId, type Samples, UserError } from '../../core/index.js';
import type { AgentHappening } from '../happening.js';
import type { LineCounts } from '../line.js';
import type { SeatCounts } from '../seat.js';

/** An agent's place in the scheduler between two instants, without its own state. */
export interface SeatSnapshot {
  readonly id: AgentId;
  readonly kind: string;
  readonly time: Samples;
  readonly steps: number;
  readonly sayings: number;
  readonly sayingsAhead: number;
  readonly sequences: ReadonlyMap<string, number>;
  readonly counts: Omit<SeatCounts, 'computeSeconds'>;
  readonly parked: boolean;
  /** Absent in those kept before sounds were scrubbed. */
  readonly spoilt?: readonly Samples[];
  /** What lies before it, in order. */
  readonly agenda: readonly AgentHappening[];
}

/** What the post office has counted. */
export interface PostSnapshot {
  readonly lapsMax: number;
  readonly soundEnd: Samples;
  readonly lost: number;
  readonly lapCounts: ReadonlyMap<number, number>;
}

/** A swarm between two instants: everything before `time` has happened, nothing after it. */
export interface Checkpoint {
  readonly time: Samples;
  readonly seats: readonly SeatSnapshot[];
  /** The links as written, in order. */
  readonly lines: readonly LineCounts[];
  readonly post: PostSnapshot;
  /** What each agent's kind keeps; a parked agent has none. */
  readonly states: Readonly<Record<AgentId, Packed>>;
}

const VERSION = 1;

/** A checkpoint as text; the same swarm at the same time gives the same text. */
export function checkpointText(checkpoint: Checkpoint, arrays: ArrayKeep): string {
  const { states, ...rest } = checkpoint;
  return JSON.stringify({ version: VERSION, swarm: pack(rest, arrays), states });
}

/** What `checkpointText` was given; a UserError for text of another version. */
export function parseCheckpoint(text: string, arrays: ArraySource): Checkpoint {
  const { version, swarm, states } = JSON.parse(text) as {
    readonly version: number;
    readonly swarm: Packed;
    readonly states: Checkpoint['states'];
  };
  if (version !== VERSION) {
    throw new UserError({
      what: `this checkpoint is of version ${version}`,
      allowed: `version ${VERSION}`,
      hint: 'replay the run from its beginning instead',
    });
  }
  return { ...(unpack(swarm, arrays) as Omit<Checkpoint, 'states'>), states };
}
