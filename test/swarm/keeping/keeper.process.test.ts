// The archive is tidied by another process while a run plays; needs compiled files.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ARCHIVE_POLICY_DEFAULT, readThinned } from '../../../src/archive/index.js';
import { Keeper } from '../../../src/swarm/keeping/keeper.js';
import { freshArchive, hashesIn, writeRun } from '../../archive/keeping/archive-on-disk.js';
import { casting, play, relay, scenario } from '../play.js';

const thin = { afterSeconds: 10, everySeconds: 1e6, takeSeconds: 1 };
const policy = { ...ARCHIVE_POLICY_DEFAULT, thin };
const said = [0, 100, 400].map((seconds, content) => ({
  id: `a.${content}`,
  seconds,
  parents: [],
  carries: 'audio' as const,
  content,
}));

/** Asks again and again until it is so. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('the keeper of a run', () => {
  it('has the archive tidied while it plays, and says so in playing.json', async () => {
    const folder = writeRun(freshArchive(), { name: 'a', sayings: said, policy });
    const told: string[] = [];
    const tell = (says: string): void => void told.push(says);
    const keeper = new Keeper(folder, policy, { tell }, 0.1);
    try {
      expect(JSON.parse(readFileSync(join(folder, 'playing.json'), 'utf8'))).toMatchObject({
        pid: process.pid,
      });
      await until(() => hashesIn(folder).size === 2 && !existsSync(join(folder, 'leaving')));
      expect(readThinned(folder).size).toBe(1);
    } finally {
      keeper.end();
    }
    expect(existsSync(join(folder, 'playing.json'))).toBe(false);
    expect(told).toEqual([]);
  });

  it('tells what went wrong, and goes on', async () => {
    const archive = freshArchive();
    const folder = writeRun(archive, { name: 'a', sayings: said, policy });
    writeRun(archive, { name: 'b', sayings: [], policy });
    writeFileSync(join(archive, 'b', 'run.json'), '{');
    const told: string[] = [];
    const tell = (says: string): void => void told.push(says);
    const keeper = new Keeper(folder, policy, { tell }, 0.1);
    await until(() => told.length > 1);
    keeper.end();
    expect(told[0]).toMatch(/^archive: .*run\.json is damaged/);
  });

  it('leaves nothing of its own in the folder of a run that has ended', async () => {
    const archive = freshArchive();
    const piece = scenario([casting('a', { every: 1, count: 2 }, relay)], []);
    await play({ ...piece, archive: policy }, { outFolder: join(archive, 'run') });
    expect(readdirSync(join(archive, 'run'))).not.toContain('playing.json');
    expect(JSON.parse(readFileSync(join(archive, 'run', 'run.json'), 'utf8'))).toMatchObject({
      archive: { thin },
    });
  });
});
