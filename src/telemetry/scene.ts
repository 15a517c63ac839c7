import { z } from 'zod';

const portRef = z.object({ agent: z.string(), port: z.string() });

const member = z.object({
  id: z.string(),
  kind: z.string(),
  /** Whether it plays in a process of its own, which can be restarted. */
  isolated: z.boolean(),
  /** The runs of its models. */
  models: z.array(z.string()),
  /** Whether it brings sound from outside, such as a corpus or a live input. */
  outside: z.boolean(),
});

const link = z.object({
  /** Its place in every list of links. */
  index: z.number(),
  from: portRef,
  to: portRef,
  way: z.enum(['feeds', 'returns']),
  carries: z.string(),
  delaySeconds: z.number(),
  gain: z.number(),
  laps: z.number(),
  keep: z.string(),
});

const loop = z.object({
  /** Counts from 1, shortest loops first; the number under which it is shown everywhere. */
  number: z.number(),
  agents: z.array(z.string()),
  /** Indices of its links, in the order of `agents`. */
  links: z.array(z.number()),
});

/** What is played: the first record every watcher gets, and again when it changes. */
export const sceneRecord = z.object({
  v: z.literal(1),
  type: z.literal('scene'),
  run: z.string(),
  title: z.string(),
  clock: z.enum(['virtual', 'real']),
  seed: z.number(),
  sampleRate: z.number(),
  durationSeconds: z.number().optional(),
  /** Wall time of the beginning, ISO 8601: a label, never used for computing. */
  startedAt: z.string(),
  bus: z.string(),
  /** The run's folder on the engine's machine. */
  folder: z.string(),
  pid: z.number(),
  /** Whether the engine takes controls from watchers. */
  control: z.boolean(),
  agents: z.array(member),
  links: z.array(link),
  loops: z.array(loop),
});

/** What is played. */
export type Scene = z.output<typeof sceneRecord>;
/** One agent of the scene. */
export type Member = z.output<typeof member>;
/** One link of the scene. */
export type SceneLink = z.output<typeof link>;
/** One loop of the scene. */
export type SceneLoop = z.output<typeof loop>;
