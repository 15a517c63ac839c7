import type { RunFolder, RunRecord } from '../archive/index.js';
import type { Bus } from '../bus/index.js';
import type { Scenario } from '../scenarios/index.js';
import type { Cast } from './cast.js';
import type { Clock } from './clock.js';
import type { RunOptions } from './run-options.js';

/** Where the bus says what went wrong on it: first nowhere better, then into the journal. */
export interface Faults {
  tell: (says: string) => void;
}

/** What a performance is given. */
export interface StageParts {
  readonly scenario: Scenario;
  readonly options: RunOptions;
  readonly run: string;
  readonly folder: RunFolder;
  readonly bus: Bus;
  readonly cast: Cast;
  readonly faults: Faults;
  /** What `run.json` says. */
  readonly record: (clock: Clock['kind']) => RunRecord;
}
