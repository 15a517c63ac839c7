import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../core/index.js';
import { isAlive } from './playing.js';

const FILE = '.gc.lock';

/**
 * Holds an archive's folder for one tidying at a time; the returned call lets it go. A UserError
 * when another process holds it; the lock of a dead one is taken over.
 */
export function lockArchive(archive: string): () => void {
  const file = join(archive, FILE);
  if (!tryLock(file)) {
    const pid = Number(readFileSync(file, 'utf8'));
    if (pid !== process.pid && isAlive(pid)) {
      throw new UserError({
        what: `process ${pid} tidies this archive already`,
        where: archive,
        hint: 'wait until it has finished',
        retryable: true,
      });
    }
    rmSync(file, { force: true });
    return lockArchive(archive);
  }
  return () => rmSync(file, { force: true });
}

function tryLock(file: string): boolean {
  try {
    const opened = openSync(file, 'wx');
    writeSync(opened, String(process.pid));
    closeSync(opened);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
