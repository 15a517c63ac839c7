import { createHash } from 'node:crypto';
import { z } from 'zod';
import { messageOf, UserError } from '../../core/index.js';
import { NETWORK_KINDS } from '../networks/kind.js';

const RUN_ID = /^[a-z0-9]{8}$/;
const NAMES = {
  config: 'config.json',
  manifest: 'manifest.json',
  card: 'card.md',
} as const;

/** The files of a run's folder besides its weights. */
export const RUN_FILES: Readonly<typeof NAMES> = NAMES;

const network = z.object({
  kind: z.enum(NETWORK_KINDS as [(typeof NETWORK_KINDS)[number]]),
  weights: z.string().regex(/^[a-z.]+\.safetensors$/),
  config: z.record(z.string(), z.unknown()),
});

const runFile = z.object({
  id: z.string().regex(RUN_ID),
  kind: network.shape.kind,
  trained: z.boolean(),
  origin: z.object({
    made: z.enum(['imported', 'untrained', 'trained']),
    seed: z.number().int().optional(),
    sources: z.array(z.object({ file: z.string(), sha256: z.string() })).default([]),
  }),
  networks: z.partialRecord(
    z.enum(['generator', 'encoder', 'discriminator', 'vocoder', 'sequencer']),
    network,
  ),
  /** Per mel bin or per descriptor column: what normalised values were made with. */
  stats: z.object({ mean: z.array(z.number()), std: z.array(z.number()) }).nullable(),
  sampleRate: z.number().positive(),
  hopLength: z.number().int().positive(),
  logBase: z.enum(['10', 'e']),
  /** The settings of the training run as it left them. */
  settings: z.record(z.string(), z.unknown()),
  notes: z.array(z.string()),
});

const manifest = z.object({ hash: z.string(), files: z.record(z.string(), z.string()) });

/** `config.json` of a run: everything about it but its weights. */
export type RunFile = Readonly<z.infer<typeof runFile>>;
/** `manifest.json`: the SHA-256 of each file, and the hash that stands for the whole run. */
export type Manifest = Readonly<z.infer<typeof manifest>>;
/** One network of a run. */
export type RunNetwork = Readonly<z.infer<typeof network>>;

/** Whether a text has the form of a run id: 8 characters a–z, 0–9 (anatomy §6.1). */
export function isRunId(text: string): boolean {
  return RUN_ID.test(text);
}

/** Reads `config.json`; throws a UserError that names the file and the field. */
export function parseRunFile(text: string, where: string): RunFile {
  return parsed(runFile, text, where);
}

/** Reads `manifest.json`; throws a UserError that names the file and the field. */
export function parseManifest(text: string, where: string): Manifest {
  return parsed(manifest, text, where);
}

function parsed<T>(schema: z.ZodType<T>, text: string, where: string): T {
  const result = schema.safeParse(parsedJson(text, where));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') || 'the file';
  throw new UserError({ what: `${field}: ${issue?.message ?? 'unreadable'}`, where, hint: HINT });
}

const HINT = 'import the run again';

function parsedJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError({ what: `not JSON: ${messageOf(cause)}`, where, hint: HINT });
  }
}

/** Lower-case hexadecimal SHA-256. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** What stands for a run's content, whatever its id, its sources and its notes are called. */
export function contentHash(file: Omit<RunFile, 'id'>, files: Manifest['files']): string {
  const networks = Object.entries(file.networks).map(([role, { kind, weights, config }]) => {
    return [role, kind, files[weights], Object.entries(config).sort(byName)];
  });
  const { trained, stats, sampleRate, hopLength, logBase } = file;
  return sha256(JSON.stringify([networks, trained, stats, sampleRate, hopLength, logBase]));
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** The id a run gets when none is given: same content, same id. */
export function idOf(hash: string): string {
  return BigInt(`0x${hash.slice(0, 16)}`)
    .toString(36)
    .padStart(8, '0')
    .slice(-8);
}
