import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, UserError } from '../../core/index.js';
import type { Tensors } from '../../core/index.js';
import { writeSafetensors } from '../formats/safetensors.js';
import type { NetworkConfig } from '../networks/config.js';
import type { NetworkKind, Weights } from '../networks/kind.js';
import { cardOf } from './card.js';
import { type RegistryOptions, registryForWriting } from './registry.js';
import { contentHash, idOf, isRunId, type Manifest, RUN_FILES, sha256 } from './run-file.js';
import type { RunFile, RunNetwork } from './run-file.js';
import { type Role, ROLES } from './run-kind.js';
import { loadRun, type RunRecord } from './run-record.js';

/** A network that is to be stored with its weights. */
export interface DraftNetwork {
  readonly kind: NetworkKind;
  readonly config: NetworkConfig;
  readonly weights: Weights;
}

/** A run before it is stored: `config.json` without what follows from the weights. */
export interface RunDraft extends Omit<RunFile, 'id' | 'kind' | 'networks'> {
  readonly networks: Readonly<Partial<Record<Role, DraftNetwork>>>;
}

/** Where to store a run, and under which id; without one the id follows from the content. */
export interface SaveOptions extends RegistryOptions {
  readonly id?: string;
}

/**
 * Stores a run as a folder of a registry, whole or not at all. The same run twice is one run;
 * another run under a taken id is a UserError.
 */
export async function saveRun(draft: RunDraft, options: SaveOptions = {}): Promise<RunRecord> {
  const contents = contentsOf(draft, options.id);
  const registry = registryForWriting(options);
  const folder = join(registry, contents.id);
  if (!existsSync(folder)) await writeWhole(registry, folder, contents.files);
  const record = await loadRun(contents.id, { registry });
  if (record.hash === contents.hash) return record;
  throw new UserError({
    what: `the id ${contents.id} belongs to another run already`,
    where: folder,
    hint: 'choose another --id, or remove that folder first',
  });
}

interface RunContents {
  readonly id: string;
  readonly hash: string;
  readonly files: ReadonlyMap<string, Uint8Array | string>;
}

function contentsOf(draft: RunDraft, wanted: string | undefined): RunContents {
  const weights = new Map<string, Uint8Array>();
  const networks: Partial<Record<Role, RunNetwork>> = {};
  for (const role of ROLES) {
    const network = draft.networks[role];
    if (network === undefined) continue;
    const name = weights.size === 0 ? 'weights.safetensors' : `${role}.weights.safetensors`;
    weights.set(name, weightBytes(network));
    networks[role] = { kind: network.kind, weights: name, config: { ...network.config } };
  }
  const hashes = Object.fromEntries([...weights].map(([name, bytes]) => [name, sha256(bytes)]));
  const content = { ...draft, kind: kindOf(networks), networks };
  const hash = contentHash(content, hashes);
  const { kind, ...rest } = content;
  const file: RunFile = { id: checkedId(wanted) ?? idOf(hash), kind, ...rest };
  return { id: file.id, hash, files: filesOf(file, hash, hashes, weights) };
}

function filesOf(
  file: RunFile,
  hash: string,
  hashes: Manifest['files'],
  weights: ReadonlyMap<string, Uint8Array>,
): ReadonlyMap<string, Uint8Array | string> {
  const config = json(file);
  const manifest: Manifest = { hash, files: { [RUN_FILES.config]: sha256(config), ...hashes } };
  return new Map<string, Uint8Array | string>([
    ...weights,
    [RUN_FILES.config, config],
    [RUN_FILES.manifest, json(manifest)],
    [RUN_FILES.card, cardOf(file, hash)],
  ]);
}

function kindOf(networks: RunFile['networks']): NetworkKind {
  const first = ROLES.flatMap((role) => networks[role]?.kind ?? [])[0];
  if (first === undefined) throw new RangeError('a run needs at least one network');
  return first;
}

function weightBytes({ weights }: DraftNetwork): Uint8Array {
  return writeSafetensors(Object.fromEntries(weights) as Tensors, { format: 'pt' });
}

function checkedId(id: string | undefined): string | undefined {
  if (id === undefined || isRunId(id)) return id;
  throw new UserError({ what: `'${id}' is no run id`, allowed: '8 characters a–z and 0–9' });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

async function writeWhole(
  registry: string,
  folder: string,
  files: RunContents['files'],
): Promise<void> {
  const draft = await draftFolder(registry);
  try {
    for (const [name, content] of files) await writeFile(join(draft, name), content);
    await rename(draft, folder).catch((cause: unknown) => {
      // Another process stored the same run meanwhile; the caller compares the hashes.
      if (!existsSync(folder)) throw cause;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function draftFolder(registry: string): Promise<string> {
  try {
    await mkdir(registry, { recursive: true });
    return await mkdtemp(join(registry, '.new-'));
  } catch (cause) {
    const what = `runs cannot be written here: ${messageOf(cause)}`;
    throw new UserError({ what, where: registry, hint: 'choose another --registry', cause });
  }
}
