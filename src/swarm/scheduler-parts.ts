import type { Ticks } from '../agents/index.js';
import type { AgentId, Limits, Samples } from '../core/index.js';
import type { CheckpointKeeper } from './checkpoint/keeper.js';
import type { Chronicle } from './chronicle.js';
import type { Clock } from './clock.js';
import type { Steered } from './control/steered.js';
import type { Upstream } from './horizon.js';
import type { Line } from './line.js';
import type { Seat } from './seat.js';
import type { Shelf } from './shelf.js';
import type { SwarmEvent } from './swarm-event.js';
import type { Witness } from './telemetry/witness.js';

/** What the scheduler needs. */
export interface SchedulerParts {
  /** In the order of feeding. */
  readonly seats: readonly Seat[];
  readonly upstream: ReadonlyMap<AgentId, readonly Upstream[]>;
  readonly ticks: ReadonlyMap<AgentId, Ticks>;
  readonly lines: readonly Line[];
  readonly clock: Clock;
  readonly limits: Limits;
  readonly sampleRate: number;
  readonly endTime: Samples | undefined;
  readonly steered: Steered;
  readonly chronicle: Chronicle;
  readonly notify: (event: SwarmEvent) => void;
  readonly witness?: Witness | undefined;
  /** Keeps checkpoints, between whose times and those before it nothing may happen at once. */
  readonly keeper: CheckpointKeeper;
  /** What agents die of, and are spared. */
  readonly shelf: Shelf;
  /** Whether the agendas hold what was left to do at an earlier moment. */
  readonly entered: boolean;
  /** Called after every round of happenings. */
  readonly onRound: (horizon: Samples) => void;
}
