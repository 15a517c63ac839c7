import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../core/index.js';
import { loadRun } from './run-record.js';
import { type RegistryOptions, runFolders } from './registry.js';
import { parseManifest, parseRunFile, RUN_FILES, type RunFile } from './run-file.js';
import { type Role, ROLES } from './run-kind.js';

/** A run in a list. Its files were not checked against their hashes: `loadRun` does that. */
export interface RunSummary {
  readonly id: string;
  readonly kind: RunFile['kind'];
  readonly trained: boolean;
  readonly roles: readonly Role[];
  readonly hash: string;
  readonly folder: string;
  readonly notes: readonly string[];
}

/** A run folder that cannot be read, and why. */
export interface BrokenRun {
  readonly id: string;
  readonly folder: string;
  readonly error: string;
}

/** Every run that can be seen, sorted by id, and those that are broken. */
export interface RunList {
  readonly runs: readonly RunSummary[];
  readonly broken: readonly BrokenRun[];
}

/** Lists the runs of the registries; a broken run is listed with its error and hides no other. */
export async function listRuns(options: RegistryOptions = {}): Promise<RunList> {
  const runs: RunSummary[] = [];
  const broken: BrokenRun[] = [];
  for (const [id, folder] of await runFolders(options)) {
    try {
      runs.push(await summaryOf(folder));
    } catch (thrown) {
      broken.push({ id, folder, error: messageOf(thrown) });
    }
  }
  return { runs, broken };
}

/**
 * A run in full, as data: its config file, folder, hash and card. Its files are checked against
 * their hashes.
 */
export interface RunDetails extends RunFile {
  readonly folder: string;
  readonly hash: string;
  readonly card: string;
}

/** Shows one run; throws a UserError when it is missing or altered. */
export async function showRun(id: string, options: RegistryOptions = {}): Promise<RunDetails> {
  const { open: _open, weights: _weights, role: _role, ...record } = await loadRun(id, options);
  const card = await readFile(join(record.folder, RUN_FILES.card), 'utf8').catch(() => '');
  return { ...record, card };
}

async function summaryOf(folder: string): Promise<RunSummary> {
  const [config, manifest] = [RUN_FILES.config, RUN_FILES.manifest].map((name) =>
    join(folder, name),
  ) as [string, string];
  const file = parseRunFile(await readFile(config, 'utf8'), config);
  const { hash } = parseManifest(await readFile(manifest, 'utf8'), manifest);
  const { id, kind, trained, notes, networks } = file;
  const roles = ROLES.filter((role) => networks[role] !== undefined);
  return { id, kind, trained, roles, hash, folder, notes };
}
