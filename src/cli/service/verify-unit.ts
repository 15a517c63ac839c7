import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manager } from './unit.js';

/** What `systemd-analyze verify` says of a unit. */
export interface Verdict {
  /** `unknown` where systemd-analyze is missing, or cannot ask. */
  readonly verdict: 'sound' | 'refused' | 'unknown';
  readonly says: string;
}

/** Asks systemd about a unit that is not installed yet. */
export function verifyUnit(name: string, text: string, manager: Manager): Verdict {
  const folder = mkdtempSync(join(tmpdir(), 'demiurge-unit-'));
  try {
    const file = join(folder, name);
    writeFileSync(file, text);
    const args = ['verify', `--${manager}`, '--man=no', '--recursive-errors=no', file];
    const { error, status, stderr } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
    if (error !== undefined) return { verdict: 'unknown', says: error.message };
    const says = stderr.trim().replaceAll(`${folder}/`, '');
    // Without a session there is no manager of a user to ask.
    if (says.includes('Failed to initialize manager')) return { verdict: 'unknown', says };
    return { verdict: status === 0 ? 'sound' : 'refused', says };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
