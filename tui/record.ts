import { z } from 'zod';

const agent = z.object({
  id: z.string(),
  kind: z.string(),
  received: z.number(),
  emitted: z.number(),
  dropped: z.number(),
  restarts: z.number(),
  computeSeconds: z.number(),
  health: z.enum(['up', 'down', 'parked']),
});

const scene = z.object({
  type: z.literal('scene'),
  title: z.string(),
  run: z.string(),
  clock: z.enum(['virtual', 'real']),
  seed: z.number(),
  durationSeconds: z.number().optional(),
});

const progress = z.object({
  type: z.literal('progress'),
  seconds: z.number(),
  wallSeconds: z.number(),
  lagSeconds: z.number(),
  lapsMax: z.number(),
  dropped: z.number(),
  agents: z.array(agent),
  /** How loud each agent is, in dB below full scale; absent when it is silent. */
  peaksDb: z.record(z.string(), z.number()),
});

const note = z.object({ type: z.literal('note'), says: z.string() });

const record = z.discriminatedUnion('type', [scene, progress, note]);

/** One agent as the telemetry tells it. */
export type AgentRow = z.output<typeof agent>;

/** What is played, said once at the start. */
export type Scene = z.output<typeof scene>;

/** Where the run stands; `seconds` is logical time. */
export type ProgressRecord = z.output<typeof progress>;

/** One line of telemetry. */
export type TelemetryRecord = z.output<typeof record>;

/** Reads a line of telemetry; undefined for one that a newer engine may mean for others. */
export function parseRecord(line: string): TelemetryRecord | undefined {
  try {
    return record.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
