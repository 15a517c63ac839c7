import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Samples, UserError } from '../../core/index.js';
import { hashOf } from '../canonical.js';

const ELSEWHERE = 'restore the file from a copy, or enter the run at another moment';

/** Where the checkpoint of a logical time lies in a run's folder; sorted by time. */
export function checkpointFile(folder: string, time: Samples): string {
  return join(folder, 'checkpoints', `${String(time).padStart(15, '0')}.json.gz`);
}

/** Writes a checkpoint's text whole or not at all, and returns its SHA-256. */
export function writeCheckpointText(folder: string, time: Samples, text: string): string {
  const file = checkpointFile(folder, time);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.draft`, gzipSync(text));
  renameSync(`${file}.draft`, file);
  return hashOf(text);
}

/** A checkpoint's text; a UserError when it is gone or, where `hash` is given, another one. */
export function readCheckpointText(folder: string, time: Samples, hash?: string): string {
  const file = checkpointFile(folder, time);
  const text = textOf(file);
  if (hash === undefined || hashOf(text) === hash) return text;
  const what = 'this checkpoint is not the one of the journal';
  throw new UserError({ what, where: file, hint: ELSEWHERE });
}

function textOf(file: string): string {
  try {
    return gunzipSync(readFileSync(file)).toString('utf8');
  } catch (cause) {
    const gone = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const what = gone ? 'there is no checkpoint' : 'this checkpoint is damaged';
    throw new UserError({ what, where: file, hint: ELSEWHERE, cause });
  }
}
