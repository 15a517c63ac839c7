import type { Bus, NatsTrust } from '../bus/index.js';
import type { Disk, JournalRecord, RunOrigin } from '../archive/index.js';
import type { AgentId } from '../core/index.js';
import type { TelemetryRecord } from '../telemetry/index.js';
import type { Alive } from './alive.js';
import type { PlannedControl, Steer } from './control/control-door.js';
import type { CheckpointPlan } from './checkpoint/plan.js';
import type { Entry } from './checkpoint/entry.js';
import type { Performer } from './performer.js';
import type { SwarmEvent } from './swarm-event.js';

/** How to run a scenario; whatever is absent comes from the scenario. */
export interface RunOptions {
  readonly clock?: 'virtual' | 'real';
  readonly durationSeconds?: number;
  /**
   * `embedded` (default), `spawn`, `nats://host:port`, or an open bus, which the run leaves open.
   */
  readonly bus?: string | Bus;
  /** As whom to connect to a NATS server. */
  readonly trust?: NatsTrust;
  /** The run's folder; must be new or empty. */
  readonly outFolder: string;
  /** Plays only these agents; the others are expected elsewhere on the bus. */
  readonly only?: readonly AgentId[];
  /** Plays along with a conductor elsewhere instead of conducting. */
  readonly follow?: boolean;
  readonly processes?: number;
  /** Eight characters; drawn when absent. */
  readonly run?: string;
  /** Drains the run when aborted. */
  readonly signal?: AbortSignal;
  /** Handed what steers the run, once it plays. */
  readonly controls?: (steer: Steer) => void;
  /** Controls that take effect at given times, as those of a run that is repeated; in order. */
  readonly plannedControls?: readonly PlannedControl[];
  /** Enters a run at one of its checkpoints instead of beginning at 0. */
  readonly enter?: Entry;
  /**
   * When the states of all agents are kept, in logical time: every so many seconds (60 unless
   * given), at given samples, or never.
   */
  readonly checkpoints?: CheckpointPlan;
  /** How many times as fast as wall time the real clock goes; 1 unless given. */
  readonly speed?: number;
  /** Of a run that repeats or enters another: which, and where. */
  readonly origin?: RunOrigin;
  /** Agents that play another kind than the scenario says, for the run's record. */
  readonly replaced?: Readonly<Record<AgentId, string>>;
  /** Hears every record as it is journaled, in the journal's order; must neither wait nor throw. */
  readonly onRecord?: (record: JournalRecord) => void;
  /** Told again and again that the run goes on, once it plays. */
  readonly alive?: Alive;
  readonly onEvent?: (event: SwarmEvent) => void;
  /**
   * Takes what the engine tells its watchers; must neither wait nor throw. Without it nobody
   * looks.
   */
  readonly telemetry?: (record: TelemetryRecord) => void;
  /** Where the journal and the signals go; the disk of this machine unless given. */
  readonly disk?: Disk;
  /** Stands between the engine and whoever plays an agent, as faults do in a rehearsal. */
  readonly between?: (plays: Performer, agent: AgentId) => Performer;
  /** The longest pause before a dead agent is started again, in seconds; 10 unless given. */
  readonly pauseSecondsMax?: number;
  /** Lent the bus of the run when it is open, before the first beat. */
  readonly onBus?: (bus: Bus) => void;
}
