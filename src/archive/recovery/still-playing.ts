import { readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../core/index.js';
import { segmentFiles } from '../segment-lines.js';

/**
 * Refuses a run whose journal some process still holds open: a UserError. Only Linux tells, and
 * only of processes that may be looked at.
 */
export function refusePlaying(folder: string): void {
  const last = segmentFiles(join(folder, 'journal')).at(-1);
  if (last === undefined || process.platform !== 'linux') return;
  const path = realpathSync(last.path);
  const holder = entriesOf('/proc').find((process) => holds(process, path));
  if (holder === undefined) return;
  throw new UserError({
    what: `this run is still playing, in process ${holder}`,
    where: folder,
    allowed: 'a run that nobody plays any more',
  });
}

function holds(process: string, path: string): boolean {
  if (!/^\d+$/.test(process)) return false;
  const folder = join('/proc', process, 'fd');
  return entriesOf(folder).some((name) => targetOf(join(folder, name)) === path);
}

/** Processes come and go while they are looked at, and some may not be looked at. */
function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}
