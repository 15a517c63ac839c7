import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

/** A node of the syntax tree (ESTree with TypeScript); `start` and `end` are text offsets. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A comment, without its slashes and stars. */
export interface Comment {
  readonly type: 'Line' | 'Block';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** One file of the house, parsed. `path` is relative to the root and uses slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: SyntaxNode;
  readonly comments: readonly Comment[];
}

/** One broken rule: where, what, and what to do about it. */
export interface Breach {
  readonly path: string;
  readonly line: number;
  readonly says: string;
  readonly remedy: string;
}

/** The root of the repository. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url));

const CODE = /\.(ts|tsx|mjs)$/;
const SKIPPED = new Set(['node_modules', 'dist', 'fixtures', 'out', '.git']);

/** Parses one file; throws when it is not valid TypeScript. */
export function parseSource(path: string, text: string): Source {
  const { program, comments, errors } = parseSync(path, text);
  const first = errors[0];
  if (first !== undefined) throw new Error(`${path} does not parse: ${first.message}`);
  return {
    path,
    text,
    program: program as unknown as SyntaxNode,
    comments: comments as readonly Comment[],
  };
}

/** Every file under the given folders of the repository, as paths relative to its root. */
export function filesUnder(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => listed(join(ROOT, folder))).toSorted();
}

/** Every TypeScript and JavaScript file under the given folders, parsed. */
export function sourcesUnder(...folders: readonly string[]): readonly Source[] {
  return filesUnder(...folders)
    .filter((path) => CODE.test(path))
    .map((path) => parseSource(path, readFileSync(join(ROOT, path), 'utf8')));
}

function listed(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (SKIPPED.has(entry.name)) return [];
    return entry.isDirectory() ? listed(path) : [relative(ROOT, path).split(sep).join('/')];
  });
}

/** The line of an offset, from 1. */
export function lineAt(source: Source, offset: number): number {
  let line = 1;
  for (let at = source.text.indexOf('\n'); at !== -1 && at < offset; line++) {
    at = source.text.indexOf('\n', at + 1);
  }
  return line;
}

/** A breach at an offset of a source. */
export function breachAt(source: Source, offset: number, says: string, remedy: string): Breach {
  return { path: source.path, line: lineAt(source, offset), says, remedy };
}

/** Breaches as a person reads them, one `file:line  what. Remedy.` to a line. */
export function report(breaches: readonly Breach[]): string {
  return breaches
    .map(({ path, line, says, remedy }) => `${path}:${line}  ${says}. ${remedy}.`)
    .join('\n');
}
