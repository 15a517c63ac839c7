import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UserError } from '../../core/index.js';
import { readSafetensors } from '../formats/safetensors.js';
import { parseConfig } from '../networks/config.js';
import type { Weights } from '../networks/kind.js';
import { type Model, openModel } from '../runtime/model.js';
import { probe } from './probe.js';
import { folderOf, type RegistryOptions } from './registry.js';
import { contentHash, parseManifest, parseRunFile, RUN_FILES, sha256 } from './run-file.js';
import type { Manifest, RunFile, RunNetwork } from './run-file.js';
import { type Role, ROLES } from './run-kind.js';

/** How a network of a run is opened. */
export interface OpenOptions {
  /** Computing threads, 1 unless told. */
  readonly threads?: number;
  /** Hears what the probe found worth saying, such as the silence of an untrained vocoder. */
  readonly onNote?: (note: string) => void;
}

/** A run whose files were checked against their hashes. */
export interface RunRecord extends Omit<RunFile, 'networks'> {
  readonly folder: string;
  /** SHA-256 over content, the same for the same weights and widths under any id. */
  readonly hash: string;
  readonly networks: Readonly<Partial<Record<Role, RunNetwork>>>;
  /** The run's first role, which its `kind` names. */
  readonly role: Role;
  /**
   * Opens a network, the main one unless told, and probes it. The caller closes it. Throws a
   * UserError when the run has no such role, a weight was altered, or the probe fails.
   */
  open(role?: Role, options?: OpenOptions): Promise<Model>;
  /** The weights of a network as stored, checked again against their hash. */
  weights(role?: Role): Promise<Weights>;
}

/**
 * Reads a run and checks every file against its SHA-256; a flipped bit is a UserError that names
 * the file.
 */
export async function loadRun(id: string, options: RegistryOptions = {}): Promise<RunRecord> {
  const folder = await folderOf(id, options);
  const manifest = parseManifest(
    new TextDecoder().decode(await bytesOf(folder, RUN_FILES.manifest)),
    join(folder, RUN_FILES.manifest),
  );
  const config = await checkedBytes(folder, RUN_FILES.config, manifest);
  const file = parseRunFile(new TextDecoder().decode(config), join(folder, RUN_FILES.config));
  for (const network of Object.values(file.networks)) {
    await checkedBytes(folder, network.weights, manifest);
  }
  if (contentHash(file, manifest.files) !== manifest.hash)
    throw altered(folder, RUN_FILES.manifest);
  return recordOf(file, folder, manifest);
}

function recordOf(file: RunFile, folder: string, manifest: Manifest): RunRecord {
  const networks = file.networks as RunRecord['networks'];
  const main = ROLES.find((role) => networks[role] !== undefined) as Role;
  const weights = async (role: Role = main): Promise<Weights> => {
    const { weights: name } = networkIn(file, role);
    const bytes = await checkedBytes(folder, name, manifest);
    return new Map(Object.entries(readSafetensors(bytes, join(folder, name))));
  };
  const open = async (role: Role = main, options: OpenOptions = {}): Promise<Model> => {
    const { kind, config } = networkIn(file, role);
    const { threads = 1, onNote } = options;
    const parts = { kind, config: parseConfig(kind, config), weights: await weights(role) };
    return probed(await openModel({ ...parts, threads }), file, folder, onNote);
  };
  return { ...file, networks, folder, hash: manifest.hash, role: main, open, weights };
}

async function probed(
  model: Model,
  { trained }: RunFile,
  folder: string,
  onNote: OpenOptions['onNote'],
): Promise<Model> {
  try {
    for (const note of await probe(model, { trained, where: folder })) onNote?.(note);
    return model;
  } catch (thrown) {
    await model.close();
    throw thrown;
  }
}

function networkIn(file: RunFile, role: Role): RunNetwork {
  const network = file.networks[role];
  if (network !== undefined) return network;
  const allowed = Object.keys(file.networks).join(', ');
  throw new UserError({ what: `the run has no ${role}`, where: `run ${file.id}`, allowed });
}

async function checkedBytes(folder: string, name: string, manifest: Manifest): Promise<Buffer> {
  const bytes = await bytesOf(folder, name);
  if (sha256(bytes) === manifest.files[name]) return bytes;
  throw altered(folder, name);
}

function altered(folder: string, name: string): UserError {
  return new UserError({
    what: 'the file is not what was stored: its SHA-256 differs from the manifest',
    where: join(folder, name),
    hint: 'import the run again, or restore the file',
  });
}

async function bytesOf(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, name));
  } catch (cause) {
    const hint = 'import the run again';
    throw new UserError({ what: messageOf(cause), where: join(folder, name), hint });
  }
}
