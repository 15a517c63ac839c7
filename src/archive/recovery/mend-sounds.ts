import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repairWav } from '../../audio/index.js';
import { UserError } from '../../core/index.js';

/** A file as short as the longest header of ours, and without a whole one, holds no sound yet. */
const HEADER_BYTES = 94;

/**
 * Makes every sound file of a folder play to its end, and takes away those that hold nothing yet.
 * One that is no WAV is left for `verifyRun` to name. Returns the names of the files it changed.
 */
export function mendSounds(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.wav'));
  return names.sort().filter((name) => mend(join(folder, name)));
}

function mend(path: string): boolean {
  try {
    return repairWav(path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (statSync(path).size > HEADER_BYTES) return false;
    rmSync(path);
    return true;
  }
}
