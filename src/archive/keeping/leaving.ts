import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkpointFile, readCheckpointText } from '../state/checkpoint-file.js';
import { hashesNamed } from './checkpoint-items.js';
import { newestFirst } from './items.js';
import type { Deeds } from './deeds.js';

/** Where files wait that are about to go. */
const LEAVING = 'leaving';

/** Moves files of a run to where they wait until they go. */
export function leave(run: string, files: readonly string[], deeds: Deeds): void {
  for (const file of files) deeds.move(join(run, file), join(run, LEAVING, file));
}

/**
 * Brings back what waits, where nothing has taken its place: all of it, after a power cut, or what
 * is wanted. What has been replaced goes.
 */
export function bringBack(run: string, wanted: (file: string) => boolean, deeds: Deeds): void {
  for (const file of waiting(run)) {
    if (!wanted(file)) continue;
    const from = join(run, LEAVING, file);
    if (existsSync(join(run, file))) deeds.remove(from);
    else deeds.move(from, join(run, file));
  }
}

/** Removes what waits. */
export function letGo(run: string, deeds: Deeds): void {
  if (existsSync(join(run, LEAVING))) deeds.remove(join(run, LEAVING));
}

/** The files that wait, by their place in the run's folder. */
function waiting(run: string): readonly string[] {
  const home = join(run, LEAVING);
  if (!existsSync(home)) return [];
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(home, join(entry.parentPath, entry.name)));
}

/** Every hash that a playing run has named since a moment of its own time, checkpoints' too. */
export function namedSince(run: string, time: number): ReadonlySet<string> {
  const names = new Set<string>();
  for (const record of newestFirst(join(run, 'journal'))) {
    if (record.type === 'said' && record.time < time) break;
    if (record.type === 'said' && record.hash !== undefined) names.add(record.hash);
    if (record.type !== 'checkpoint') continue;
    if (!existsSync(checkpointFile(run, record.time))) continue;
    for (const name of hashesNamed(readCheckpointText(run, record.time))) names.add(name);
  }
  return names;
}
