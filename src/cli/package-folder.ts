import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package: the checkout, or where npm installed it. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** The version that package.json states. */
export function packageVersion(): string {
  const text = readFileSync(join(packageFolder(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/**
 * The registry to use: the one given, else `runs` here, else the one that comes with the package.
 */
export function registryFolder(given: string | undefined): string {
  if (given !== undefined) return given;
  return existsSync('runs') ? 'runs' : join(packageFolder(), 'runs');
}
