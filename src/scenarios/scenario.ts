import type { ArchivePolicy } from '../archive/index.js';
import type { AgentId, Fork, Limits } from '../core/index.js';
import type { AnyAgentKind, CastRun } from '../agents/index.js';
import type { Schedule } from './schedule.js';
import type { Topology } from '../topologies/index.js';
import type { Supervision } from './supervision-section.js';

/** Who plays what: one agent, its kind, its params, and the runs that fill its roles. */
export interface Casting {
  readonly id: AgentId;
  readonly kind: AnyAgentKind;
  /** The absolute path of a user's own kind; absent for a built-in one. */
  readonly kindFile?: string;
  /** As the kind's schema parsed them. */
  readonly params: unknown;
  /** As written, so that another process can parse them again. */
  readonly written: Readonly<Record<string, unknown>>;
  /** The run for each role param, by the param's name. */
  readonly runs: Readonly<Record<string, CastRun>>;
  readonly isolation: 'inline' | 'process';
  /** Where it is one of several universes: until when it is the same as the others. */
  readonly forks?: readonly Fork[];
}

/** A file that a scenario was read from: its absolute path and its whole text. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** A scenario, frozen and sound by construction. */
export interface Scenario {
  readonly title: string;
  /** Absolute path of the file, its whole text and the folder that its paths start from. */
  readonly file: string;
  readonly text: string;
  readonly folder: string;
  /** The project's root, absolute; absent when made by hand, as are the sources. */
  readonly root?: string;
  /** Every file that was read: scenarios, kinds and what those import. */
  readonly sources?: readonly SourceText[];
  readonly seed: number;
  readonly clock: 'virtual' | 'real';
  readonly durationSeconds: number | undefined;
  readonly sampleRate: number;
  readonly limits: Limits;
  readonly archive: ArchivePolicy;
  /** When the room is to be quiet; absent when made by hand. */
  readonly schedule?: Schedule;
  readonly supervision: Supervision;
  readonly cast: readonly Casting[];
  readonly topology: Topology;
}
