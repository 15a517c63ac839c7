import type { AgentId, Envelope, Samples } from '../core/index.js';
import type { ControlRequest } from '../telemetry/index.js';
import type { Health, SeatCounts } from './seat.js';

/** Where a run stands. */
export interface Progress {
  readonly time: Samples;
  readonly sampleRate: number;
  readonly endTime: Samples | undefined;
  /** Wall seconds since the start. */
  readonly wallSeconds: number;
  /** How late the latest event was on the real clock, in seconds. */
  readonly lagSeconds: number;
  readonly lapsMax: number;
  readonly dropped: number;
  readonly agents: readonly (Readonly<SeatCounts> & {
    readonly id: AgentId;
    readonly kind: string;
    readonly health: Health;
    readonly pid: number | undefined;
  })[];
}

/** Everything that can be known about a running swarm; watchers have no other source. */
export type SwarmEvent =
  | { readonly type: 'started'; readonly run: string; readonly agents: readonly AgentId[] }
  | { readonly type: 'said'; readonly envelope: Envelope }
  | { readonly type: 'failed'; readonly agent: AgentId; readonly says: string }
  | {
      /** NaN or infinity was faded out of a sound. */ readonly type: 'scrubbed';
      readonly agent: AgentId;
      readonly says: string;
    }
  | { readonly type: 'died'; readonly agent: AgentId; readonly says: string }
  | {
      /** It gave no answer for too long, and was given up. */
      readonly type: 'hung';
      readonly agent: AgentId;
      readonly says: string;
    }
  | {
      readonly type: 'restarted';
      readonly agent: AgentId;
      readonly restarts: number;
      /** What it was started with. */
      readonly says: string;
    }
  | {
      /** A message is delivered to it no more, because it was lost over it again and again. */
      readonly type: 'shelved';
      readonly agent: AgentId;
      readonly says: string;
    }
  | { readonly type: 'parked'; readonly agent: AgentId; readonly says: string }
  | {
      /** A control that takes effect at a time soon to come; `id` as in the journal. */
      readonly type: 'controlled';
      readonly time: Samples;
      readonly id: number;
      readonly control: ControlRequest;
      readonly says: string;
    }
  | {
      /** The states of all agents were kept. */
      readonly type: 'checkpoint';
      readonly time: Samples;
      /** Wall seconds that nothing else happened. */
      readonly seconds: number;
      readonly bytes: number;
    }
  | { /** They could not be kept. */ readonly type: 'unkept'; readonly says: string }
  | { readonly type: 'bus'; readonly state: string; readonly says: string }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'stopped'; readonly reason: 'finished' | 'asked' };
