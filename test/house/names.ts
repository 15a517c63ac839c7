import type { Breach } from './source.js';

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.(process\.)?test|\.config)?\.(ts|tsx|mjs)$/;
const EMPTY_WORDS = /^(utils?|helpers?|commons?|types?|misc|shared|lib)$/;

/** Files that are not kebab-case, or whose name or folder says nothing about what they hold. */
export function nameBreaches(path: string): readonly Breach[] {
  const parts = path.split('/');
  const name = parts.at(-1) as string;
  const words = [...parts.slice(0, -1), name.split('.')[0] as string];
  const empty = words.find((word) => EMPTY_WORDS.test(word));
  const breaches: Breach[] = [];
  if (!KEBAB.test(name)) {
    breaches.push({ path, line: 1, says: 'the name is not kebab-case', remedy: 'Rename it' });
  }
  if (empty !== undefined) {
    const remedy = 'Name it after the one thing it holds, or move each part to what it serves';
    breaches.push({ path, line: 1, says: `"${empty}" names nothing`, remedy });
  }
  return breaches;
}
