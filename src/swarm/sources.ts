import { createReadStream, readdirSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { extname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { CorpusFile, ProjectSources } from '../archive/index.js';
import { AUDIO_FORMATS } from '../audio/index.js';
import type { Scenario } from '../scenarios/index.js';

/** More than this takes seconds to hash; then sizes and dates must do. */
const HASHED_BYTES_MAX = 500 * 1024 * 1024;

/** The files a scenario was read from, by their paths from the project's root. */
export function sourcesOf({ file, root, sources }: Scenario): ProjectSources | undefined {
  if (sources === undefined || root === undefined) return undefined;
  const within = (path: string): string => slashed(relative(root, path));
  const files = sources.map(({ path, text }) => ({ path: within(path), text }));
  return { root, scenario: within(file), files };
}

/** The recordings that a scenario's agents may read, each with its hash, sorted by path. */
export async function corpusOf(scenario: Scenario): Promise<readonly CorpusFile[]> {
  const found = placesOf(scenario).flatMap(recordingsIn);
  const files = [...new Set(found)].map((file) => {
    const { size: bytes, mtime } = statSync(file);
    return { file, path: slashed(relative(scenario.folder, file)), bytes, mtime };
  });
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const corpus: CorpusFile[] = [];
  // One after another: a corpus may have more files than a process may open.
  for (const { file, path, bytes: size, mtime } of files) {
    const mark =
      bytes > HASHED_BYTES_MAX
        ? { changedAt: mtime.toISOString() }
        : { hash: await hashOfFile(file) };
    corpus.push({ path, bytes: size, ...mark });
  }
  return corpus.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** SHA-256 of a file, in hexadecimal, read a piece at a time. */
export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function placesOf({ cast, folder }: Scenario): string[] {
  return cast.flatMap(({ kind, params }) =>
    (kind.paths ?? []).flatMap((name) => {
      const value = (params as Readonly<Record<string, unknown>>)[name];
      const paths = Array.isArray(value) ? value : [value];
      return paths.filter((path) => typeof path === 'string').map((path) => resolve(folder, path));
    }),
  );
}

function recordingsIn(place: string): string[] {
  const status = statSync(place, { throwIfNoEntry: false });
  if (status === undefined) return [];
  if (!status.isDirectory()) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isSound(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function isSound(name: string): boolean {
  const format = extname(name).slice(1).toLowerCase();
  return AUDIO_FORMATS.includes(format) || format === 'aif';
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
