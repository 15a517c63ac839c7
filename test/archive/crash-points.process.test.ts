// The engine dies between any two things it does to its files, or in the middle of one. Every time
// the run is recovered, verifies, and lacks at most two seconds of what had been said.
import { cpSync, existsSync, linkSync, mkdirSync } from 'node:fs';
import { openSync, closeSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { writeSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { hasRecovered, readJournal, recoverRun, verifyRun } from '../../src/archive/index.js';
import { BUILT_IN_KINDS } from '../../src/agents/index.js';
import { wavInfo } from '../../src/audio/index.js';
import { runSwarm } from '../../src/swarm/index.js';
import { audioLink, casting, type relay, scenario } from '../swarm/play.js';
import { echo, singer } from '../swarm/telemetry/watched.js';
import { withFolder } from './records.js';
import { type Deed, written } from './written.js';

vi.mock('node:fs', async (original) => {
  const { rememberingFs } = await import('./written.js');
  return rememberingFs(await original());
});
vi.mock('node:fs/promises', async (original) => {
  const { rememberingPromises } = await import('./written.js');
  return rememberingPromises(await original());
});

const recorder = BUILT_IN_KINDS.get('recorder') as typeof relay;
const SECONDS = 9;
const POINTS = 500;

/** Plays on the real clock and returns what was done to files. */
async function deedsOf(folder: string): Promise<readonly Deed[]> {
  const piece = scenario(
    [
      casting('voice', { every: 0.1, lasts: 0.3, varied: true }, singer),
      casting('echo', {}, echo),
      casting('out', {}, recorder),
    ],
    [audioLink('voice', 'echo'), audioLink('echo', 'out'), audioLink('voice', 'out')],
  );
  written.follow = folder;
  await runSwarm(piece, {
    outFolder: folder,
    clock: 'real',
    durationSeconds: SECONDS,
    onEvent: (event) => {
      if (event.type === 'said') written.heard = event.envelope.time / piece.sampleRate;
    },
  });
  written.follow = '';
  return written.deeds;
}

/** Does it again elsewhere; only the first `bytes` of what was written, if given. */
function redo(deed: Deed, from: string, to: string, bytes?: number): void {
  const path = join(to, relative(from, deed.path));
  if (deed.does === 'folder') mkdirSync(path, { recursive: true });
  if (deed.does === 'create') writeFileSync(path, '');
  if (deed.does === 'rename') renameSync(path, join(to, relative(from, deed.to as string)));
  if (deed.does !== 'write') return;
  const file = openSync(path, 'r+');
  writeSync(file, deed.bytes as Buffer, 0, bytes ?? deed.bytes?.length, deed.position as number);
  closeSync(file);
}

/** A copy of a run's folder; blobs are never changed, so their bytes are shared. */
function copyOf(folder: string, to: string): void {
  cpSync(folder, to, { recursive: true, filter: (path) => basename(path) !== 'blobs' });
  const blobs = join(folder, 'blobs');
  if (!existsSync(blobs)) return;
  for (const name of readdirSync(blobs, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(f32|draft)$/.test(name)) continue;
    mkdirSync(dirname(join(to, 'blobs', name)), { recursive: true });
    linkSync(join(blobs, name), join(to, 'blobs', name));
  }
}

interface Loss {
  readonly journal: number;
  readonly sound: number;
}

/** Recovers and verifies; returns the seconds that are lost of those said. */
async function survived(folder: string, heard: number): Promise<Loss> {
  await recoverRun(folder);
  expect(await verifyRun(folder, { blobs: 'all' })).toEqual([]);
  expect(hasRecovered(await recoverRun(folder))).toBe(false);
  const times = [...readJournal(join(folder, 'journal'))].map(({ time }) => time / 1000);
  const wav = join(folder, 'audio', 'out.wav');
  const { frames, sampleRate } = existsSync(wav) ? wavInfo(wav) : { frames: 0, sampleRate: 1 };
  return { journal: heard - (times.at(-1) ?? 0), sound: heard - frames / sampleRate };
}

describe('an engine that dies while it writes', () => {
  it(`is recovered at ${POINTS} points`, { timeout: 300_000 }, () =>
    withFolder(async (home) => {
      const [run, disk, copy] = ['run', 'disk', 'copy'].map((name) => join(home, name));
      const deeds = await deedsOf(run as string);
      const first = deeds.findIndex(({ to }) => to?.endsWith('run.json')) + 1;
      const stride = (deeds.length - first) / POINTS;
      expect(stride).toBeGreaterThanOrEqual(1);
      const points = new Set(
        Array.from({ length: POINTS }, (_, i) => first + Math.floor(i * stride)),
      );
      const most = { journal: 0, sound: 0 };
      for (const [index, deed] of deeds.entries()) {
        if (points.has(index)) {
          copyOf(disk as string, copy as string);
          const torn = (index * 7919) % ((deed.bytes?.length ?? 0) + 1);
          if (deed.does === 'write') redo(deed, run as string, copy as string, torn);
          const loss = await survived(copy as string, deed.heard);
          most.journal = Math.max(most.journal, loss.journal);
          most.sound = Math.max(most.sound, loss.sound);
          rmSync(copy as string, { recursive: true });
        }
        redo(deed, run as string, disk as string);
      }
      expect(await verifyRun(disk as string, { blobs: 'all' })).toEqual([]);
      expect(most.journal).toBeLessThanOrEqual(2);
      expect(most.sound).toBeLessThanOrEqual(2);
    }),
  );
});
