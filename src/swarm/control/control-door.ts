import type { JournalRecord } from '../../archive/index.js';
import type { Samples } from '../../core/index.js';
import type { Recording } from './recording.js';
import type { ControlRequest } from '../../telemetry/index.js';

/** Whether a control was done, and in words what came of it or why not. */
export interface ControlAnswer {
  readonly done: boolean;
  readonly says: string;
}

/** Steers a running swarm; never rejects because of what was asked. */
export type Steer = (control: ControlRequest) => Promise<ControlAnswer>;

/** A control that takes effect at a given logical time, in samples. */
export interface PlannedControl {
  readonly time: Samples;
  readonly control: ControlRequest;
  /** What an `inject` lets be heard, when its file is not to be read again. */
  readonly recording?: Recording;
}

/** The controls of a run as its journal tells them, for a run that repeats it. */
export function plannedFrom(records: Iterable<JournalRecord>): PlannedControl[] {
  const planned: PlannedControl[] = [];
  for (const record of records) {
    if (record.type === 'control') planned.push({ time: record.time, control: record.control });
  }
  return planned;
}
