import { z } from 'zod';
import { alertRecord, lifeRecord } from './life.js';
import { sceneRecord } from './scene.js';
import { saidRecord, soundingRecord } from './sound.js';
import { stateRecord } from './state.js';

/** A sentence of the engine; and how the run ended. */
const noteRecord = z.object({ type: z.literal('note'), seconds: z.number(), says: z.string() });
const endedRecord = z.object({ type: z.literal('ended'), reason: z.string() });

/** The answer to a request of this watcher, by its number. */
const answerRecord = z.object({
  type: z.literal('answer'),
  request: z.number(),
  done: z.boolean(),
  says: z.string(),
});

/** How many records were left out for this watcher since the last that came through. */
const gapRecord = z.object({ type: z.literal('gap'), records: z.number() });

const record = z.discriminatedUnion('type', [
  sceneRecord,
  stateRecord,
  saidRecord,
  soundingRecord,
  lifeRecord,
  alertRecord,
  noteRecord,
  endedRecord,
  answerRecord,
  gapRecord,
]);

/** One line of telemetry. */
export type TelemetryRecord = z.output<typeof record>;

/** A record as a line of the stream, its newline included. */
export function lineOf(said: TelemetryRecord): string {
  return `${JSON.stringify(said)}\n`;
}

/**
 * Reads a line of the stream; undefined for one that is broken or that a newer engine may mean
 * for others.
 */
export function parseRecord(line: string): TelemetryRecord | undefined {
  try {
    return readRecord(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** A record from data that came over a bus; undefined for one that is broken or unknown. */
export function readRecord(data: unknown): TelemetryRecord | undefined {
  return record.safeParse(data).data;
}
