import { z } from 'zod';

/** One envelope, without what it carries. */
export const saidRecord = z.object({
  type: z.literal('said'),
  id: z.string(),
  agent: z.string(),
  port: z.string(),
  carries: z.string(),
  seconds: z.number(),
  lap: z.number(),
  parents: z.array(z.string()),
  bytes: z.number(),
  /** The shape of what it carries: channels and samples, rows and columns, or an entry count. */
  shape: z.array(z.number()),
  durationSeconds: z.number().optional(),
  peakDb: z.number().optional(),
  rmsDb: z.number().optional(),
  /** Recordings it was taken from, with the second each starts at. */
  origins: z.array(z.object({ file: z.string(), seconds: z.number() })).optional(),
});

/** One step of a lineage, the newest first. */
const lineageStep = z.object({
  id: z.string(),
  agent: z.string(),
  carries: z.string(),
  lap: z.number(),
  /** How it came to the step before: along a feeding or a returning link. */
  way: z.enum(['feeds', 'returns']).optional(),
  /** Set where it came from a recording. */
  file: z.string().optional(),
});

/** A sound that reached a recorder, as it can be looked at. */
export const soundingRecord = z.object({
  type: z.literal('sounding'),
  id: z.string(),
  agent: z.string(),
  seconds: z.number(),
  lap: z.number(),
  durationSeconds: z.number(),
  peakDb: z.number(),
  rmsDb: z.number(),
  /** Its line of descent through the parent of the highest lap; ends at a first word or at `?`. */
  lineage: z.array(lineageStep),
  /** How many ancestors are known in all. */
  ancestors: z.number(),
  /** Share of its ancestry by first word, the greatest first: a recording, or an agent's name. */
  roots: z.array(z.object({ name: z.string(), share: z.number() })),
  picture: z.object({
    /** Mel bands, the lowest first, and columns in time. */
    bands: z.number(),
    columns: z.number(),
    columnSeconds: z.number(),
    /** Frequency of the middle of every band in hertz. */
    hertz: z.array(z.number()),
    /** Base64 of bytes [columns, bands]: 0 is −90 dB and less, 255 is 0 dB. */
    data: z.string(),
  }),
});

/** One envelope, without what it carries. */
export type Said = z.output<typeof saidRecord>;
/** A sound that reached a recorder. */
export type Sounding = z.output<typeof soundingRecord>;
/** One step of a lineage. */
export type LineageStep = z.output<typeof lineageStep>;
