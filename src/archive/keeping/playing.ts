import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { journalSegments } from './segment-files.js';

const FILE = 'playing.json';

/** Without a word of its own, a run whose journal was written this recently may still play. */
const QUIET_SECONDS = 3600;

/** Writes `playing.json` (process and host) into a run's folder; the returned call removes it. */
export function markPlaying(run: string): () => void {
  const file = join(run, FILE);
  writeFileSync(file, `${JSON.stringify({ pid: process.pid, host: hostname() })}\n`);
  return () => rmSync(file, { force: true });
}

/**
 * Whether a run may still be written to; a doubt counts as yes. A run without summary plays as
 * long as the process in its `playing.json` lives; one that plays on another host always does.
 */
export function isPlaying(run: string, nowMs: number): boolean {
  if (existsSync(join(run, 'summary.json'))) return false;
  const file = join(run, FILE);
  if (!existsSync(file)) return (nowMs - lastWrittenMs(run)) / 1000 < QUIET_SECONDS;
  try {
    const { pid, host } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; host: string };
    return host !== hostname() || isAlive(pid);
  } catch {
    return true;
  }
}

/** When a run's journal was written last, as wall time in milliseconds; 0 without a journal. */
export function lastWrittenMs(run: string): number {
  const last = journalSegments(join(run, 'journal')).at(-1);
  return last === undefined ? 0 : statSync(last).mtimeMs;
}

/** Whether a process of this machine lives. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
