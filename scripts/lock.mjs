import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Runs work while holding a lock file; waits for its holder, and takes over from one that died. */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  while (!taken(path)) await sleep(100);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function taken(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!holderLives(path)) rmSync(path, { force: true });
    return false;
  }
}

/** A holder that has not written its number yet is given the benefit of the doubt. */
function holderLives(path) {
  try {
    const text = readFileSync(path, 'utf8');
    if (text === '') return true;
    process.kill(Number(text), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
