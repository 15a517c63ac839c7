import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { type Ground, findInside } from './project.js';

/** Texts that stand for files which have changed or gone since a run was made from them. */
export interface Kept {
  /** The project's root, absolute; paths lead no further. */
  readonly root: string;
  /** Texts by the absolute path of the file that they stand for. */
  readonly texts: ReadonlyMap<string, string>;
  /** The file to import in place of a kind's own, both absolute. */
  readonly places: ReadonlyMap<string, string>;
}

/** A file's text as scenarios are read: UTF-8, without a byte order mark. */
export function textOf(file: string): string {
  return readFileSync(file, 'utf8').replace(/^\u{feff}/u, '');
}

const IMPORT = /\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"\n]+)['"]/g;

/**
 * The files that a program's text names in its relative imports, absolute, as TypeScript resolves
 * them (`./scale.js` may be `scale.ts`); `isThere` says whether there is such a file.
 */
function importedBy(
  file: string,
  text: string,
  isThere: (path: string) => boolean,
): readonly string[] {
  return [...text.matchAll(IMPORT)].flatMap(([, written]) => {
    const path = resolve(dirname(file), written as string);
    const typed = path.replace(/\.([mc]?)js$/, '.$1ts');
    const found = [path, typed, `${path}.ts`, `${path}.js`].find(isThere);
    return found === undefined ? [] : [found];
  });
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** Notes the text of a kind's file and of all that it imports inside the project. */
export function noteKind(
  file: string,
  ground: Ground,
  kept: Kept | undefined,
  sources: Map<string, string>,
): void {
  if (sources.has(file)) return;
  const text = kept?.texts.get(file) ?? textOf(file);
  sources.set(file, text);
  const isThere = (path: string): boolean => kept?.texts.has(path) === true || isFile(path);
  for (const path of importedBy(file, text, isThere)) {
    const real = kept?.texts.has(path) === true ? path : realpathSync(path);
    const inside = findInside({ ...ground, folder: ground.root }, relative(ground.root, real));
    if (inside.ok) noteKind(inside.path, ground, kept, sources);
  }
}
