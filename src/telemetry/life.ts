import { z } from 'zod';

/** The words an alert may begin with. */
export const ALERT_WORDS = [
  'RUNAWAY',
  'COLLAPSE',
  'SILENT',
  'STUCK',
  'HOWL',
  'LATE',
  'DOWN',
  'PARKED',
  'SHELVED',
  'FAILED',
  'SCRUBBED',
  'FULL',
  'BUS',
] as const;

/** How the music lives: each figure absent until enough has been heard to know it. */
export const lifeRecord = z.object({
  type: z.literal('life'),
  seconds: z.number(),
  /** Distance of what sounds now from what came from outside, in spreads of the latter. */
  drift: z.number().optional(),
  /**
   * Mean distance between two sounds of now over that of the beginning: 1 as varied, 0 all the
   * same.
   */
  variety: z.number().optional(),
  /**
   * Effective rank of the latest twelve sounds: in how many directions they differ, 11 at most
   * (Roy and Vetterli 2007).
   */
  effectiveRank: z.number().optional(),
  /** Share of the sound lately heard by agents that came from outside. */
  freshRatio: z.number().optional(),
  /** Sounds unlike everything before, per logical hour. */
  noveltyPerHour: z.number().optional(),
});

/** Something a person should know of, or (with `over`) need not any more. */
export const alertRecord = z.object({
  type: z.literal('alert'),
  /** The same for the same trouble: word and subject. */
  id: z.string(),
  word: z.enum(ALERT_WORDS),
  level: z.enum(['look', 'call']),
  /** The agent, link or loop that causes it: `violin`, `mel.audio ~> una.audio`, `loop 2`. */
  subject: z.string(),
  /** Logical seconds when it began, and when it was over. */
  since: z.number(),
  over: z.number().optional(),
  /** What is wrong, in plain words, with the cause; and one thing to try. */
  says: z.string(),
  try: z.string(),
});

/** How the music lives. */
export type Life = z.output<typeof lifeRecord>;
/** Something a person should know of. */
export type Alert = z.output<typeof alertRecord>;
/** The word an alert begins with. */
export type AlertWord = (typeof ALERT_WORDS)[number];
