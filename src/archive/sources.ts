import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../core/index.js';
import { hashOf } from './canonical.js';
import type { SourceFile } from './run-record.js';

/** What a run was made from: the project's root, the scenario in it, and every text read. */
export interface ProjectSources {
  readonly root: string;
  /** The scenario's path from the root, with `/`. */
  readonly scenario: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** Where a kept source lies in a run's folder. */
export function sourceFile(folder: string, path: string): string {
  return join(folder, 'sources', path);
}

/** Keeps the texts a run is made from in its folder, so that it can be set up again from there. */
export function keepSources(folder: string, { files }: Pick<ProjectSources, 'files'>): void {
  for (const { path, text } of files) {
    const file = sourceFile(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** The kept text of a source; a UserError where it is missing or was altered. */
export function keptSource(folder: string, { path, hash }: SourceFile): string {
  const file = sourceFile(folder, path);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (text !== undefined && hashOf(text) === hash) return text;
  throw new UserError({
    what:
      text === undefined ? `the run keeps no copy of ${path}` : `the copy of ${path} is altered`,
    where: file,
    allowed: `a file of SHA-256 ${hash.slice(0, 12)}…`,
    hint: `put ${path} back as it was`,
  });
}
