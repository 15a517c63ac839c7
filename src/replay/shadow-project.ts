import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';

/** Kept programs where their imports resolve as they did in the project. */
export interface ShadowProject {
  /** Where each lies now, by its absolute path in the project. */
  readonly places: ReadonlyMap<string, string>;
  /** Takes the shadow away. */
  close(): void;
}

/**
 * Lays kept programs out in a temporary folder that otherwise links to everything in the project
 * beside them: a changed kind is imported as it was, together with what it imports.
 */
export function shadowProject(root: string, programs: ReadonlyMap<string, string>): ShadowProject {
  const shadow = realpathSync(mkdtempSync(join(tmpdir(), 'demiurge-replay-')));
  const at = (path: string): string => join(shadow, path.slice(root.length + 1));
  try {
    const folders = foldersOf(root, [...programs.keys()]);
    for (const folder of folders)
      linkAll(folder, at(folder), new Set([...folders, ...programs.keys()]));
    for (const [path, text] of programs) writeFileSync(at(path), text);
  } catch (thrown) {
    rmSync(shadow, { recursive: true, force: true });
    throw thrown;
  }
  return {
    places: new Map([...programs.keys()].map((path) => [path, at(path)])),
    close: () => rmSync(shadow, { recursive: true, force: true }),
  };
}

/** Every folder on the way from the root to the files, outer ones first. */
function foldersOf(root: string, files: readonly string[]): readonly string[] {
  const folders = new Set<string>([root]);
  for (const file of files) {
    for (let at = dirname(file); at.startsWith(root + sep); at = dirname(at)) folders.add(at);
  }
  return [...folders].sort((a, b) => a.length - b.length);
}

function linkAll(folder: string, place: string, own: ReadonlySet<string>): void {
  mkdirSync(place, { recursive: true });
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    if (!own.has(path)) symlinkSync(path, join(place, name));
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
}
