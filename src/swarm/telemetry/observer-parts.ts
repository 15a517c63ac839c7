import type { AgentId, Samples } from '../../core/index.js';
import type { Scenario } from '../../scenarios/index.js';
import type { TelemetryRecord } from '../../telemetry/index.js';
import type { Line } from '../line.js';
import type { Seat } from '../seat.js';

/** What a person has put on hold; nothing, unless the swarm is controlled. */
export interface Holds {
  isMuted(agent: AgentId): boolean;
  isLinkPaused(link: number): boolean;
  isLoopPaused(loop: number): boolean;
}

/** What an observer is given. */
export interface ObserverParts {
  readonly scenario: Scenario;
  readonly run: string;
  readonly folder: string;
  readonly bus: string;
  readonly clock: 'virtual' | 'real';
  readonly durationSeconds: number | undefined;
  /** Whether the engine takes controls. */
  readonly control: boolean;
  readonly seats: readonly Seat[];
  readonly lines: readonly Line[];
  /** Logical time now; −1 before the beginning. */
  readonly now: () => Samples;
  readonly lapsMax: () => number;
  readonly journalEntries: () => number;
  /** How many more deaths an agent survives before it is parked. */
  readonly restartsLeft: (agent: AgentId) => number;
  readonly holds?: Holds;
  /** Takes every record; never waits and never throws. */
  readonly tell: (record: TelemetryRecord) => void;
}
