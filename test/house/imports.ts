import { posix } from 'node:path';
import type { Source, SyntaxNode } from './source.js';
import { walk } from './walk.js';

/** One import or re-export, static or dynamic, of values or of types only. */
export interface Import {
  readonly specifier: string;
  readonly start: number;
  readonly dynamic: boolean;
  readonly typeOnly: boolean;
  /** The names it takes, as written at home; none for `import *`, dynamic and bare imports. */
  readonly names: readonly string[];
}

const STATIC = new Set(['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration']);

/** Every import of a file, `import('…')` and `typeof import('…')` included. */
export function importsOf(source: Source): readonly Import[] {
  const found: Import[] = [];
  walk(source.program, (node) => {
    const specifier = literalOf(node['source']) ?? literalOf(node['argument']);
    if (specifier === undefined) return;
    if (STATIC.has(node.type)) found.push(staticImport(node, specifier));
    if (node.type === 'ImportExpression') found.push(lazyImport(node, specifier, false));
    if (node.type === 'TSImportType') found.push(lazyImport(node, specifier, true));
  });
  return found;
}

function staticImport(node: SyntaxNode, specifier: string): Import {
  const specifiers = (node['specifiers'] ?? []) as readonly SyntaxNode[];
  const names = specifiers
    .map((one) => (one['imported'] ?? one['local']) as SyntaxNode | undefined)
    .flatMap((name) => (typeof name?.['name'] === 'string' ? [name['name']] : []));
  const typeOnly = node['importKind'] === 'type' || node['exportKind'] === 'type';
  return { specifier, start: node.start, dynamic: false, typeOnly, names };
}

function lazyImport(node: SyntaxNode, specifier: string, typeOnly: boolean): Import {
  return { specifier, start: node.start, dynamic: !typeOnly, typeOnly, names: [] };
}

function literalOf(node: unknown): string | undefined {
  const value = (node as { type?: string; value?: unknown } | null | undefined) ?? {};
  return value.type === 'Literal' && typeof value.value === 'string' ? value.value : undefined;
}

/** The file that a relative import of `path` means, from the root; undefined for a package. */
export function targetOf(path: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix
    .join(posix.dirname(path), specifier)
    .replace(/\.js$/, '.ts')
    .replace(/\.jsx$/, '.tsx');
}
