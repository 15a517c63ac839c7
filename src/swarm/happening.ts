import type {
  EnvelopeId,
  ModelRef,
  Origin,
  Ancestor,
  Samples,
  SignalMap,
  SignalKind,
} from '../core/index.js';

/** What an agent said, before it is stamped. */
export interface Utterance {
  readonly port: string;
  readonly signal: SignalMap[SignalKind];
  readonly parents: readonly Ancestor[];
  readonly origins?: readonly Origin[];
  /** The models that made it; those of the seat unless given. */
  readonly models?: readonly ModelRef[];
}

/** A message at its receiver: the port it enters, the parent it may be cited as, its signal. */
export interface Arrival extends Ancestor {
  readonly port: string;
  readonly signal: SignalMap[SignalKind];
}

interface Happening {
  readonly time: Samples;
  /**
   * Rank among the happenings of one instant: sayings first, then links as written, then the
   * tick.
   */
  readonly rank: number;
  readonly sequence: number;
}

/** A message due at an agent, across the link whose index is its rank. */
export interface Delivery extends Happening {
  readonly type: 'delivery';
  readonly envelope: EnvelopeId;
  readonly arrival: Arrival;
  /** Set when its link gave it up while it was on its way. */
  givenUp: boolean;
}

/** Something decided earlier that is said now. */
export interface Saying extends Happening {
  readonly type: 'saying';
  readonly utterance: Utterance;
}

/** The beat of a kind that wakes by itself; `sequence` counts from 0. */
export interface Beat extends Happening {
  readonly type: 'beat';
}

/** What can happen at an agent. */
export type AgentHappening = Delivery | Saying | Beat;

/** The rank of sayings: before every link. */
export const SAYING_RANK = -1;

/** The rank of beats: after every link. */
export const BEAT_RANK = Number.MAX_SAFE_INTEGER;

/**
 * The order of happenings at one agent: time, then rank, then sequence. Total, so the order is
 * the same in every run.
 */
export function earlier(a: Happening, b: Happening): boolean {
  if (a.time !== b.time) return a.time < b.time;
  if (a.rank !== b.rank) return a.rank < b.rank;
  return a.sequence < b.sequence;
}
