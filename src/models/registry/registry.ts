import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../core/index.js';
import { isRunId, RUN_FILES } from './run-file.js';

/**
 * Where runs are looked for: this folder alone, or the working directory's `runs/`, then the
 * trained ones in the package's `models/`.
 */
export interface RegistryOptions {
  readonly registry?: string;
}

/** The folders that are searched, in order; folders that do not exist are left out. */
export function registryFolders({ registry }: RegistryOptions = {}): readonly string[] {
  const wanted = registry === undefined ? [resolve('runs'), packageModels()] : [resolve(registry)];
  return [...new Set(wanted)].filter((folder) => existsSync(folder));
}

/** The folder that new runs go to when none is named: `runs/` of the working directory. */
export function registryForWriting({ registry }: RegistryOptions = {}): string {
  return resolve(registry ?? 'runs');
}

/**
 * Every run folder that can be seen, by id; the first registry wins. Sorted by id, so that chance
 * is repeatable.
 */
export async function runFolders(
  options: RegistryOptions = {},
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const registry of registryFolders(options)) {
    for (const id of await readdir(registry)) {
      const folder = join(registry, id);
      if (!isRunId(id) || found.has(id)) continue;
      if (existsSync(join(folder, RUN_FILES.config))) found.set(id, folder);
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The folder of a run; throws a UserError that lists what there is. */
export async function folderOf(id: string, options: RegistryOptions = {}): Promise<string> {
  const folders = await runFolders(options);
  const folder = folders.get(id.trim().toLowerCase());
  if (folder !== undefined) return folder;
  throw new UserError({
    what: `no run '${id}'`,
    where: options.registry ?? 'registry',
    allowed: folders.size === 0 ? 'no runs are there yet' : [...folders.keys()].join(', '),
    hint: 'demiurge models list',
  });
}

function packageModels(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isOwnPackage(folder)) {
    const above = dirname(folder);
    if (above === folder) return resolve('models');
    folder = above;
  }
  return join(folder, 'models');
}

function isOwnPackage(folder: string): boolean {
  const file = join(folder, 'package.json');
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'demiurge';
}
