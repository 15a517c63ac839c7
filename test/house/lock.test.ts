import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './source.js';

interface Entry {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
const { packages } = JSON.parse(text) as { packages: Readonly<Record<string, Entry>> };

/** Whether a package named by the one at `path` has an entry, beside it or further out. */
function isLocked(path: string, name: string): boolean {
  const folders = path.split('/node_modules/').map((_, i, parts) => parts.slice(0, i + 1));
  return [...folders.map((parts) => `${parts.join('/node_modules/')}/`), ''].some(
    (folder) => packages[`${folder}node_modules/${name}`] !== undefined,
  );
}

describe('the lock file', () => {
  it('knows the optional packages of every platform, or npm ci refuses it', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry, so that any serves', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});
