import type { TelemetryRecord } from './record.js';
import type { TelemetryRequest } from './request.js';

/** A watcher's connection to an engine. */
export interface TelemetryLine {
  /** Asks the engine to do something; the answer comes as a record, or never. */
  send(request: TelemetryRequest): void;
  /** Holds back what comes, so that it waits with the engine, until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends the connection without calling `gone`. */
  close(): void;
}

/** Who is told what comes along a line. */
export interface LineHearer {
  hear(record: TelemetryRecord): void;
  /** The other end is gone: nothing more will come. */
  gone(): void;
}
