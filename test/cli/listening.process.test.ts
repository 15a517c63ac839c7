// Fault 50: whatever a run opens, nobody off this machine reaches it.
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startDemiurge } from './launched.js';
import { withFolder, writeMini } from './spoken.js';

/** The process and all that it started. */
function familyOf(pid: number): readonly number[] {
  const parents = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || !existsSync(`/proc/${name}/stat`)) return [];
    const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
    return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]) }];
  });
  const family = [pid];
  for (const one of family) {
    family.push(...parents.filter(({ parent }) => parent === one).map((child) => child.pid));
  }
  return family;
}

function socketsOf(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    const [, inode] = /^socket:\[(\d+)\]$/.exec(linkAt(`/proc/${pid}/fd/${fd}`)) ?? [];
    return inode === undefined ? [] : [inode];
  });
}

/** What is open at one moment may be closed at the next. */
function linkAt(place: string): string {
  try {
    return readlinkSync(place);
  } catch {
    return '';
  }
}

/** The addresses, in hexadecimal, at which TCP is listened by these processes. */
function listening(pids: readonly number[]): readonly string[] {
  const sockets = new Set(pids.flatMap(socketsOf));
  const rows = ['tcp', 'tcp6'].flatMap((family) =>
    readFileSync(`/proc/net/${family}`, 'latin1').trim().split('\n').slice(1),
  );
  const LISTEN = '0A';
  return rows.flatMap((row) => {
    const fields = row.trim().split(/\s+/);
    const [address = ''] = (fields[1] ?? '').split(':');
    return fields[3] === LISTEN && sockets.has(fields[9] ?? '') ? [address] : [];
  });
}

describe.skipIf(!existsSync('/proc/net/tcp'))('a run with all its doors open', () => {
  it('listens on this machine alone', () =>
    withFolder(async (folder) => {
      const doors = ['--bus', 'spawn', '--metrics', '0', '--control'];
      const place = ['--out', join(folder, 'run'), '--clock', 'real', '--duration', '60s'];
      const run = startDemiurge(['run', writeMini(folder), ...doors, ...place]);
      const pid = run.child.pid as number;
      const LOOPBACK = '0100007F';
      const open = (): readonly string[] => listening(familyOf(pid));
      await vi.waitFor(() => expect(open()).toEqual([LOOPBACK, LOOPBACK]), 30_000);
      run.child.kill('SIGTERM');
      await run.ended;
    }));
});
