import { readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { UserError } from '../../core/index.js';

/** What an engine writes from its first moment on; a journal's first line comes a little later. */
const WRITTEN = ['journal', 'audio'];

/**
 * Refuses a run whose journal or sound some process still holds open to write: a UserError. Only
 * Linux tells, and only of processes that may be looked at.
 */
export function refusePlaying(folder: string): void {
  if (process.platform !== 'linux') return;
  const places = WRITTEN.map((name) => join(realpathSync(folder), name) + sep);
  const holder = entriesOf('/proc').find((process) => holds(process, places));
  if (holder === undefined) return;
  throw new UserError({
    what: `this run is still playing, in process ${holder}`,
    where: folder,
    allowed: 'a run that nobody plays any more',
    retryable: true,
  });
}

function holds(process: string, places: readonly string[]): boolean {
  if (!/^\d+$/.test(process)) return false;
  const folder = join('/proc', process, 'fd');
  return entriesOf(folder).some((name) => {
    const target = targetOf(join(folder, name));
    const isOurs = target !== undefined && places.some((place) => target.startsWith(place));
    return isOurs && writes(join('/proc', process, 'fdinfo', name));
  });
}

/** Whoever only listens to a run, or reads it, does not play it. */
function writes(info: string): boolean {
  try {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync(info, 'utf8'))?.[1] ?? '0';
    return (Number.parseInt(flags, 8) & 3) !== 0;
  } catch {
    return false;
  }
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
