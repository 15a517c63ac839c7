import type { CheckpointRecord } from '../../archive/index.js';
import type { Samples } from '../../core/index.js';
import type { PlannedControl } from '../control/control-door.js';
import type { Checkpoint } from './checkpoint.js';

/** A moment of another run, at which a run begins. */
export interface Entry {
  readonly checkpoint: Checkpoint;
  /** Where the arrays of the checkpoint, and all that run keeps by hash, may lie. */
  readonly blobs: readonly string[];
  /** The controls that had taken effect before. */
  readonly controls: readonly PlannedControl[];
  /** The record of the checkpoint, where the journal of that run has one. */
  readonly record: CheckpointRecord | undefined;
  /** The chain of that run's journal before the entry. */
  readonly chain?: string;
}

/** The logical time at which a run begins. */
export function beginningOf(entry: Entry | undefined): Samples {
  return entry?.checkpoint.time ?? 0;
}
