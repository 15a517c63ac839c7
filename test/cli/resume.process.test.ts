import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type JournalRecord, openRun, verifyRun } from '../../src/archive/index.js';
import { type Running, demiurge, startDemiurge, written } from './launched.js';
import { withFolder, writeMini } from './spoken.js';

const CHECKPOINT_SECONDS = 2;

/** A scenario that keeps a checkpoint every two seconds, in a folder that runs are made in. */
const inFolder = (work: (folder: string, scenario: string) => Promise<void>): Promise<void> =>
  withFolder((folder) => {
    const archive = `archive: { checkpoints: ${CHECKPOINT_SECONDS}s }`;
    return work(folder, writeMini(folder, archive));
  });

/** Resolves when the journal of a playing run names a checkpoint. */
async function kept(run: string, { ended }: Running): Promise<void> {
  const journal = join(run, 'journal', '000001.jsonl');
  const early = ended.then(({ err }) => Promise.reject(new Error(`ended early: ${err}`)));
  const isKept = (): boolean =>
    existsSync(journal) && readFileSync(journal, 'utf8').includes('"checkpoint"');
  while (!isKept()) await Promise.race([early, new Promise((done) => setTimeout(done, 50))]);
}

/** Spoils every checkpoint of the runs that were made in a folder. */
function spoil(folder: string): void {
  for (const run of readdirSync(join(folder, 'out'))) {
    const checkpoints = join(folder, 'out', run, 'checkpoints');
    const names = existsSync(checkpoints) ? readdirSync(checkpoints) : [];
    for (const name of names) writeFileSync(join(checkpoints, name), 'spoilt');
  }
}

/** Kills an engine with SIGKILL as soon as it has kept a checkpoint. */
async function playAndKill(folder: string, run: string, args: readonly string[]): Promise<void> {
  const running = startDemiurge([...args, '--no-dashboard', '--run', run], { cwd: folder });
  await kept(join(folder, 'out', run), running);
  running.child.kill('SIGKILL');
  await running.ended;
}

/** Plays until sound is there, then lets it drain; returns what it said on stderr. */
async function playAndStop(folder: string, args: readonly string[]): Promise<string> {
  const running = startDemiurge([...args, '--no-dashboard'], { cwd: folder });
  await written(running, 'first audio');
  running.child.kill('SIGTERM');
  const { code, out, err } = await running.ended;
  expect(code).toBe(0);
  expect(out).toContain('stopped when asked');
  return err;
}

const said = (records: Iterable<JournalRecord>): string[] =>
  [...records].filter(({ type }) => type === 'said').map((record) => JSON.stringify(record));

describe('an engine that is killed on the real clock', () => {
  it('goes on from its latest checkpoint, and its history is that of an unbroken run', () =>
    inFolder(async (folder, scenario) => {
      const play = ['run', scenario, '--clock', 'real', '--forever'];
      await playAndKill(folder, 'broken00', play);
      const account = await playAndStop(folder, ['resume', 'broken00', '--run', 'goneon00']);
      expect(account).toMatch(/broken00 reaches \S+ s: it goes on at [2468]\.0 s, so \S+ s are/);

      const run = openRun(join(folder, 'out', 'goneon00'));
      expect(run.record).toMatchObject({ clock: 'real', seed: 7, origin: { how: 'resume' } });
      expect(run.record.durationSeconds).toBeUndefined();
      for (const name of ['broken00', 'goneon00']) {
        expect(await verifyRun(join(folder, 'out', name), { blobs: 'all' })).toEqual([]);
      }
      const unbroken = ['--clock', 'virtual', '--duration', '60s', '--run', 'unbroken'];
      await demiurge(['run', scenario, ...unbroken, '--no-dashboard'], { cwd: folder });
      const all = said(openRun(join(folder, 'out', 'unbroken')).records());
      const [past, history] = [run.base?.ownRecords() ?? [], run.records()].map(said);
      expect(all.slice(0, past?.length)).toEqual(past);
      expect(all.slice(0, history?.length)).toEqual(history);
      expect(run.ownRecords().next().value).toMatchObject({ type: 'checkpoint' });
    }));

  it('goes on by itself with --resume, again and again, and begins anew when it cannot', () =>
    inFolder(async (folder, scenario) => {
      const play = ['run', scenario, '--clock', 'real', '--forever', '--resume'];
      await playAndKill(folder, 'firstrun', play);
      const second = startDemiurge([...play, '--no-dashboard', '--run', 'second00'], {
        cwd: folder,
      });
      await written(second, 'first audio');
      const twice = await demiurge([...play, '--no-dashboard'], { cwd: folder });
      expect(twice).toMatchObject({ code: 1 });
      expect(twice.err).toMatch(/still playing, in process/);
      second.child.kill('SIGTERM');
      await second.ended;
      expect(openRun(join(folder, 'out', 'second00')).record.origin).toMatchObject({
        how: 'resume',
        run: 'firstrun',
      });
      const third = await playAndStop(folder, [...play, '--run', 'third000']);
      expect(third).toContain('second00 reaches');

      spoil(folder);
      const fourth = await playAndStop(folder, [...play, '--run', 'fourth00']);
      expect(fourth).toMatch(/begins anew, because third000 cannot go on: .*damaged/s);
      expect(openRun(join(folder, 'out', 'fourth00')).record.origin).toBeUndefined();
    }));
});
