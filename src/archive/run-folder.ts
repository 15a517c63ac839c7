import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../core/index.js';

/**
 * The folder of one run: `scenario.yaml`, `run.json`, `journal/`, `audio/`, `blobs/`,
 * `summary.json`.
 */
export interface RunFolder {
  readonly path: string;
  readonly audio: string;
  readonly journal: string;
  readonly blobs: string;
  /** Writes a JSON document whole or not at all. */
  writeJson(name: string, content: unknown): void;
  /** Takes the folder away again, for a run that never started. */
  discard(): void;
}

/**
 * Makes a run's folder; a folder that already holds something is a UserError, never overwritten.
 */
export function createRunFolder(path: string, scenarioText: string): RunFolder {
  const existed = existsSync(path);
  if (existed && readdirSync(path).length > 0) {
    throw new UserError({
      what: 'this folder is not empty',
      where: path,
      allowed: 'a new or an empty folder for the run',
      hint: 'name another one with --out',
    });
  }
  const rooms = {
    audio: join(path, 'audio'),
    journal: join(path, 'journal'),
    blobs: join(path, 'blobs'),
  };
  for (const room of Object.values(rooms)) mkdirSync(room, { recursive: true });
  writeFileSync(join(path, 'scenario.yaml'), scenarioText);
  return {
    path,
    ...rooms,
    writeJson: (name, content) => writeWhole(join(path, name), content),
    discard: () => {
      for (const room of existed ? readdirSync(path).map((name) => join(path, name)) : [path]) {
        rmSync(room, { recursive: true, force: true });
      }
    },
  };
}

function writeWhole(file: string, content: unknown): void {
  const draft = `${file}.draft`;
  writeFileSync(draft, `${JSON.stringify(content, undefined, 2)}\n`);
  renameSync(draft, file);
}
