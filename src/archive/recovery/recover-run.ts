import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readRunRecord } from '../run-record.js';
import { cutTornTail } from './cut-tail.js';
import { cutUnkept } from './cut-unkept.js';
import { mendSounds } from './mend-sounds.js';
import { refusePlaying } from './still-playing.js';

/** What recovering a run took; all of it zero or empty when there was nothing to do. */
export interface Recovery {
  /** Files that were still being written, taken away. */
  readonly drafts: number;
  /** Bytes of the journal's last line, or of garbage after it, that were cut off. */
  readonly tornBytes: number;
  /** Whole lines cut off because what they name never reached the disk. */
  readonly linesCut: number;
  /** Sound files whose header was made to count every sample, or that held none. */
  readonly sounds: readonly string[];
}

/**
 * Brings the folder of a run that was killed, or lost its power, back to what is certain: its
 * journal ends with the last whole line whose blob is there, its sounds play to their end. Doing
 * it again changes nothing. A run that is still playing is refused with a UserError.
 */
export async function recoverRun(written: string): Promise<Recovery> {
  const folder = resolve(written);
  readRunRecord(folder);
  refusePlaying(folder);
  const drafts = removeDrafts(folder);
  // The journal of a finished run is as long as its summary says: what lacks there is damage.
  const finished = existsSync(join(folder, 'summary.json'));
  const tornBytes = finished ? 0 : cutTornTail(join(folder, 'journal'));
  const linesCut = finished ? 0 : await cutUnkept(folder);
  return { drafts, tornBytes, linesCut, sounds: mendSounds(join(folder, 'audio')) };
}

/** Whether recovering changed anything. */
export function hasRecovered({ drafts, tornBytes, linesCut, sounds }: Recovery): boolean {
  return drafts + tornBytes + linesCut + sounds.length > 0;
}

function removeDrafts(folder: string): number {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const drafts = names.filter((name) => name.endsWith('.draft'));
  for (const name of drafts) rmSync(join(folder, name), { force: true });
  return drafts.length;
}
