import type { Samples } from './time.js';
import type { SignalKind, SignalMap } from './signal.js';

/** An agent's name in its scenario, such as `vocoder`. */
export type AgentId = string;

/** `vocoder.17`: the sender and its own count. Readable, sortable, the same in every run. */
export type EnvelopeId = string;

/** One port of one agent. */
export interface PortRef {
  readonly agent: AgentId;
  readonly port: string;
}

/** What is needed to cite a message as a parent: its id, and the lap at which it was heard. */
export interface Ancestor {
  readonly id: EnvelopeId;
  readonly lap: number;
}

/** The run of the registry that computed a signal, by id and by the SHA-256 of its weights. */
export interface ModelRef {
  readonly run: string;
  readonly hash: string;
}

/**
 * Where a first word came from: a recording (path relative to its corpus) and the sample it
 * starts at.
 */
export interface Origin {
  readonly file: string;
  readonly sample: Samples;
}

/** One signal on its way and where it came from. Never edited once stamped. */
export interface Envelope<K extends SignalKind = SignalKind> extends Ancestor {
  readonly source: PortRef;
  /** Counts this port's envelopes from 1, so that a loss shows as a gap. */
  readonly sequence: number;
  readonly time: Samples;
  /**
   * Always earlier than this one. Their laps are as heard: a returning link has already aged
   * them.
   */
  readonly parents: readonly Ancestor[];
  readonly carries: K;
  readonly signal: SignalMap[K];
  readonly models?: readonly ModelRef[];
  readonly origins?: readonly Origin[];
}

/** `agent.port`, the way a scenario writes it. */
export function portName(ref: PortRef): string {
  return `${ref.agent}.${ref.port}`;
}
