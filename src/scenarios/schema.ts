import { z } from 'zod';
import { seconds } from '../agents/index.js';
import { LIMITS_DEFAULT, SAMPLE_RATE_DEFAULT } from '../core/index.js';
import type { Limits } from '../core/index.js';
import { archiveSection } from './archive-section.js';
import { scheduleSection } from './schedule-section.js';
import { supervisionSection } from './supervision-section.js';

/**
 * A name of an agent, a role or an exposed port: it becomes part of subjects, ids and file names.
 */
export const NAME_PATTERN = /^[A-Za-z][\w-]{0,63}$/;

/** What a name is, in words. */
export const NAME_SAYS = 'a letter, then letters, digits, - and _: 64 at most';

const ROLES_MAX = 200;
const UNIVERSES_MAX = 32;

/** A name as a schema. */
export const name: z.ZodString = z.string().regex(NAME_PATTERN, NAME_SAYS);

const brim = (key: keyof Limits, doc: string, most = 1_000_000) =>
  z.int().min(1).max(most).default(LIMITS_DEFAULT[key]).describe(doc);

const limits = z.strictObject({
  laps: brim('laps', 'messages older than this many laps expire'),
  inbox: brim('inbox', 'messages one agent may have waiting at one instant'),
  inFlight: brim('inFlight', 'messages one returning link may hold in its delay'),
  emissions: brim('emissions', 'emissions of one step'),
  signalBytes: brim('signalBytes', 'bytes of one signal', 2 ** 31),
  archiveBytes: brim('archiveBytes', "bytes of one run's archive", 2 ** 50),
});

const path = z.string().min(1).max(1024);

/** A role under `models:`. */
export const modelEntry = z.strictObject({
  run: z.string().min(1).describe('the 8-character id of a run, or random'),
  kind: z
    .string()
    .optional()
    .describe('what a random run is drawn from: a family such as una-gan, or one kind of network'),
});

/** What every agent's entry may hold beside the params of its kind. */
export const agentEntry = z.looseObject({
  kind: z.string().min(1).describe('a built-in kind, or one of a file under use:'),
  isolation: z
    .enum(['inline', 'process'])
    .optional()
    .describe('where it computes; process for kinds that hold a network unless given'),
});

/** An agent that is itself a scenario: the links reach the ports it exposes. */
export const nestedEntry = z.strictObject({
  scenario: path.describe(
    "another scenario file; its seed, clock and duration give way to this one's",
  ),
  'forking-paths': z
    .strictObject({
      universes: z.int().min(2).max(UNIVERSES_MAX).describe('how many there are'),
      at: seconds().describe('until when they are one and the same'),
    })
    .optional()
    .describe('several of it, called name-1, name-2, …, each with chance of its own from `at` on'),
});

const exposed = z
  .record(name, z.string().regex(/^[\w-]+\.[\w-]+$/, 'an agent and its port, such as ear.audio'))
  .default({});

/**
 * Everything at the top of a scenario file but `agents`, `links` and `topology`, whose entries are
 * read one by one.
 */
export const headSchema = z.strictObject({
  title: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("what it is called; the file's name unless given"),
  seed: z
    .int()
    .min(0)
    .optional()
    .describe('where all chance comes from; the same seed makes the same bytes'),
  clock: z
    .enum(['virtual', 'real'])
    .default('virtual')
    .describe('virtual: as fast as computing allows; real: as fast as music plays'),
  duration: seconds()
    .optional()
    .describe('how long it lasts, such as 40s or 2h; until it is stopped unless given'),
  sampleRate: z
    .int()
    .min(8000)
    .max(192_000)
    .default(SAMPLE_RATE_DEFAULT)
    .describe('samples per second of logical time'),
  limits: limits.prefault({}).describe('the brims: whatever can grow stops here'),
  archive: archiveSection
    .prefault({})
    .describe('how long what the run leaves behind is kept, and in what form'),
  schedule: scheduleSection
    .prefault({})
    .describe('hours of the day when the room is quiet; on the real clock only'),
  supervision: supervisionSection
    .prefault({})
    .describe('when an agent counts as hung, and how often it is started anew'),
  models: z
    .record(name, modelEntry)
    .refine((roles) => Object.keys(roles).length <= ROLES_MAX, `expected ${ROLES_MAX} at most`)
    .default({})
    .describe('roles, and the runs that fill them'),
  use: z
    .array(path)
    .max(64)
    .default([])
    .describe("files of your own kinds, from the scenario's folder"),
  expose: z
    .strictObject({ inputs: exposed, outputs: exposed })
    .prefault({})
    .describe('ports that a scenario around this one may link to: a name, and agent.port'),
  agents: z.unknown().optional(),
  links: z.unknown().optional(),
  topology: z.unknown().optional(),
});

/** The head of a scenario, parsed. */
export type Head = z.output<typeof headSchema>;
