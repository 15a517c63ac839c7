import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { AnyAgentKind } from '../agents/index.js';
import { SIGNAL_KINDS, messageOf } from '../core/index.js';
import type { Problem } from '../core/index.js';
import { noteKind } from './kept.js';
import { findInside } from './project.js';
import type { Reading } from './reading.js';
import { NAME_PATTERN } from './schema.js';

/** A kind and, for a user's own, the absolute path of its file. */
export interface FoundKind {
  readonly kind: AnyAgentKind;
  readonly file?: string;
}

/** Kinds by name, and what was wrong with the files they were to come from. */
export interface FoundKinds {
  readonly kinds: ReadonlyMap<string, FoundKind>;
  readonly problems: readonly Problem[];
}

/**
 * The built-in kinds together with those of the files under `use:`, which must lie inside the
 * project.
 */
export async function findKinds(
  builtIn: ReadonlyMap<string, AnyAgentKind>,
  use: readonly string[],
  reading: KindReading,
): Promise<FoundKinds> {
  const kinds = new Map<string, FoundKind>([...builtIn].map(([name, kind]) => [name, { kind }]));
  const problems: Problem[] = [];
  for (const [i, written] of use.entries()) {
    const at = ['use', i];
    const found = await readKind(written, reading);
    if ('problem' in found) problems.push({ ...found.problem, at });
    else if (kinds.has(found.kind.kind)) problems.push({ ...taken(found.kind.kind), at });
    else kinds.set(found.kind.kind, found);
  }
  return { kinds, problems };
}

/** Where kinds are read from, and where the texts of their files are noted. */
type KindReading = Pick<Reading, 'ground' | 'kept' | 'sources'>;

interface NoKind {
  readonly problem: Omit<Problem, 'at'>;
}

async function readKind(written: string, reading: KindReading): Promise<FoundKind | NoKind> {
  const { ground, kept, sources } = reading;
  const found = findInside(ground, written);
  if (!found.ok) return { problem: found.problem };
  if (!/^\.[mc]?[jt]s$/.test(extname(found.path))) return { problem: NO_CODE };
  try {
    noteKind(found.path, ground, kept, sources);
    const file = kept?.places.get(found.path) ?? found.path;
    return { kind: await importKind(file), file };
  } catch (thrown) {
    return { problem: broken(thrown) };
  }
}

/**
 * Imports a user's kind by its absolute path; throws what the file throws, or a TypeError when it
 * holds no kind.
 */
export async function importKind(file: string): Promise<AnyAgentKind> {
  const url = pathToFileURL(file).href;
  const load = file.endsWith('ts') ? importTypeScript : importPlain;
  const module = (await load(url)) as { readonly default?: unknown };
  const result = kindSchema.safeParse(module.default);
  if (result.success) return module.default as AnyAgentKind;
  const [issue] = result.error.issues;
  const where = issue?.path.length ? issue.path.join('.') : 'the default export';
  throw new TypeError(`${where}: ${issue?.message}`);
}

async function importPlain(url: string): Promise<unknown> {
  return import(url);
}

async function importTypeScript(url: string): Promise<unknown> {
  const { tsImport } = await import('tsx/esm/api');
  return tsImport(url, { parentURL: url });
}

const aFunction = z.custom<unknown>((value) => typeof value === 'function', 'is no function');
const ports = z.record(
  z.string().regex(NAME_PATTERN),
  z.object({ carries: z.enum(SIGNAL_KINDS as [(typeof SIGNAL_KINDS)[number]]), doc: z.string() }),
);
const kindSchema = z.object({
  kind: z.string().regex(NAME_PATTERN),
  summary: z.string(),
  params: z.object({ safeParse: aFunction }),
  inputs: ports,
  outputs: ports,
  isolation: z.enum(['inline', 'process']).optional(),
  paths: z.array(z.string()).optional(),
  ticks: aFunction.optional(),
  start: aFunction,
  receive: aFunction,
  stop: aFunction.optional(),
});

const NO_CODE = {
  code: 'no-kind-file',
  says: 'this file is no program',
  expected: 'a .ts, .js or .mjs file whose default export is a kind',
  try: 'name the file that calls defineAgent',
};

function broken(thrown: unknown): Omit<Problem, 'at'> {
  return {
    code: 'broken-kind-file',
    says: `this file holds no kind: ${messageOf(thrown).split('\n')[0]}`,
    expected: 'a default export made by defineAgent',
    try: 'run the file alone to see the whole error',
  };
}

function taken(name: string): Omit<Problem, 'at'> {
  return {
    code: 'duplicate-kind',
    says: `there already is a kind named ${name}`,
    try: 'give this kind another name',
  };
}
