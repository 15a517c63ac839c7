import { z } from 'zod';

const agentState = z.object({
  id: z.string(),
  health: z.enum(['up', 'down', 'parked']),
  /** Whether it computes at this moment. */
  busy: z.boolean(),
  muted: z.boolean(),
  pid: z.number().optional(),
  received: z.number(),
  emitted: z.number(),
  dropped: z.number(),
  failures: z.number(),
  /** Sounds in which NaN or infinity was faded out; absent where an older engine plays. */
  scrubbed: z.number().optional(),
  restarts: z.number(),
  /** How many more deaths within the window it survives before it is parked. */
  restartsLeft: z.number(),
  /** Messages waiting, and how long the oldest has been due, in logical seconds. */
  inbox: z.number(),
  oldestSeconds: z.number(),
  computeSeconds: z.number(),
  /** Computing time of one step over the last steps, in milliseconds of wall time. */
  p50Ms: z.number(),
  p95Ms: z.number(),
  /** Seconds of sound said per second of computing; absent for what says no sound. */
  realTimeFactor: z.number().optional(),
  /** Level of what it said last, in dB below full scale; absent when it is silent. */
  peakDb: z.number().optional(),
  rmsDb: z.number().optional(),
});

const linkState = z.object({
  index: z.number(),
  sent: z.number(),
  delivered: z.number(),
  dropped: z.number(),
  skipped: z.number(),
  bytes: z.number(),
  /** From the moment of saying to the moment of being taken, 95th percentile, logical seconds. */
  delayP95Seconds: z.number(),
  gain: z.number(),
  delaySeconds: z.number(),
  paused: z.boolean(),
});

const loopState = z.object({
  number: z.number(),
  turns: z.number(),
  /** Logical seconds of the latest turn; absent before the first. */
  lapSeconds: z.number().optional(),
  /** Energy out over energy in of one turn, in dB: the median of the latest turns. */
  gainDb: z.number().optional(),
  /** How many turns on end have been louder than the one before. */
  risingTurns: z.number(),
  /** How many sounds of which lap circulated lately: [lap, count], laps ascending. */
  laps: z.array(z.tuple([z.number(), z.number()])),
  paused: z.boolean(),
});

/**
 * Where everything stands; four times a second at most. Seconds are logical unless they say wall.
 */
export const stateRecord = z.object({
  type: z.literal('state'),
  seconds: z.number(),
  wallSeconds: z.number(),
  lagSeconds: z.number(),
  lapsMax: z.number(),
  dropped: z.number(),
  agents: z.array(agentState),
  links: z.array(linkState),
  loops: z.array(loopState),
  engine: z.object({
    /** How late the engine's timers are, 99th percentile since the last state, milliseconds. */
    loopDelayP99Ms: z.number(),
    rssBytes: z.number(),
    /** Share of one core since the last state. */
    cpu: z.number(),
    journalEntries: z.number(),
  }),
});

/** Where everything stands. */
export type State = z.output<typeof stateRecord>;
/** Where one agent stands. */
export type AgentState = z.output<typeof agentState>;
/** Where one link stands. */
export type LinkState = z.output<typeof linkState>;
/** Where one loop stands. */
export type LoopState = z.output<typeof loopState>;
