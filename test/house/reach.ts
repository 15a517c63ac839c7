import type { Breach, Source } from './source.js';
import { targetOf } from './imports.js';
import { walk } from './walk.js';

/** Files that begin something: doors, programs, and what the launcher imports. */
const BEGINNINGS = /\/index\.ts$|^src\/cli\/main\.ts$|^tui\/main\.tsx$/;

/** Files that no other file imports, re-exports or names as `new URL('./…', import.meta.url)`. */
export function unreachedFiles(sources: readonly Source[]): readonly Breach[] {
  const named = new Set(sources.flatMap(filesNamedIn));
  const remedy = 'Use it, or take it out';
  return sources
    .filter(({ path }) => !BEGINNINGS.test(path) && !named.has(path))
    .map(({ path }) => ({ path, line: 1, says: 'nothing uses this file', remedy }));
}

/** A .js specifier may mean a .ts or a .tsx file: both are named. */
function filesNamedIn(source: Source): readonly string[] {
  const named: string[] = [];
  walk(source.program, (node) => {
    const value = node.type === 'Literal' ? node['value'] : undefined;
    if (typeof value !== 'string' || !/^\.{1,2}\/.*\.js$/.test(value)) return;
    const target = targetOf(source.path, value);
    if (target !== undefined) named.push(target, target.replace(/\.ts$/, '.tsx'));
  });
  return named;
}
