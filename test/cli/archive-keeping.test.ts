import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOW, hashesIn, writeRun } from '../archive/keeping/archive-on-disk.js';
import { spoken, withFolder } from './spoken.js';

const SAID = [0, 20, 40, 60].map((seconds, n) => ({
  id: `mel.${n}`,
  seconds,
  parents: n === 3 ? ['mel.1'] : [],
  carries: 'audio' as const,
  content: n,
}));

const THIN = ['--thin-after', '5s', '--every', '1h', '--take', '1s'];

/** An archive of one run that ended long ago, in a scenario without archive:. */
function withRun<T>(work: (archive: string, run: string) => Promise<T>): Promise<T> {
  // The command line looks at the clock on the wall.
  const endedSecondsAgo = (NOW - Date.now()) / 1000 + 1000;
  return withFolder((archive) =>
    work(archive, writeRun(archive, { name: 'a', sayings: SAID, endedSecondsAgo })),
  );
}

describe('archive gc', () => {
  it('touches no run whose scenario says nothing, until it is told on the command line', () =>
    withRun(async (archive, run) => {
      const { code, out } = await spoken('archive', 'gc', archive);
      expect([code, out]).toEqual([0, 'nothing goes: everything is as its policy wants it\n']);
      const done = await spoken('archive', 'gc', archive, ...THIN);
      expect(done.out).toMatch(/3 items +24 kB +older than 5s, in no take every 1h\n/);
      expect(done.out).toMatch(/freed: .* before, .* now/);
      expect(hashesIn(run).size).toBe(1);
    }));

  it('says in a dry run what would go, and touches nothing', () =>
    withRun(async (archive, run) => {
      const { out } = await spoken('archive', 'gc', archive, '--dry-run', '--max', '1kB');
      expect(out).toMatch(
        /whole run .* max: the oldest goes first\n.* would be freed; nothing was/,
      );
      expect(hashesIn(run).size).toBe(4);
      const json = await spoken('archive', 'gc', archive, '--dry-run', '--json', '--keep', '60s');
      expect(JSON.parse(json.out)).toMatchObject({
        dryRun: true,
        removed: [{ run: 'a', why: 'older than 1min' }],
      });
    }));

  it('says in one line what is wrong with where, or with how', async () => {
    const missing = await spoken('archive', 'gc', '/no/such');
    expect([missing.code, missing.err]).toEqual([2, '/no/such: there is no such folder\n']);
    const size = await spoken('archive', 'gc', '--max', 'much');
    expect([size.code, size.err]).toEqual([2, expect.stringContaining('Write a size such as')]);
  });
});

describe('archive pin', () => {
  it('keeps a time or an envelope with its ancestors through a gc', () =>
    withRun(async (archive, run) => {
      const time = await spoken('archive', 'pin', run, '0:40', '--for', '5s');
      expect(time.out).toBe('pinned  40.0 s to 45.0 s\n');
      await spoken('archive', 'pin', run, 'mel.3');
      await spoken('archive', 'gc', archive, ...THIN, '--keep', '60s');
      expect(hashesIn(run).size).toBe(3);
      const gone = await spoken('archive', 'pin', run, 'mel.3', '--remove');
      expect(gone.out).toBe('pinned  40.0 s to 45.0 s\n');
      await spoken('archive', 'pin', run, '42', '--remove');
      await spoken('archive', 'gc', archive, '--keep', '60s');
      expect(existsSync(join(run, 'run.json'))).toBe(false);
    }));

  it('says what can be pinned, and what is', () =>
    withRun(async (_, run) => {
      const { code, err } = await spoken('archive', 'pin', run, 'mel.9');
      expect(code).toBe(2);
      expect(err).toContain('no envelope is called mel.9');
      const none = await spoken('archive', 'pin', run, '--remove');
      expect(none.err).toContain('the whole run is not pinned');
    }));
});
