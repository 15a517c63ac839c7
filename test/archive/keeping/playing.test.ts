import { appendFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  isPlaying,
  markPlaying,
  openRun,
  writeCheckpointText,
} from '../../../src/archive/index.js';
import {
  type Saying,
  freshArchive,
  hashOfContent,
  hashesIn,
  recordOf,
  tidy,
  writeRun,
} from './archive-on-disk.js';

const saying = (n: number, seconds: number, content = n): Saying => ({
  id: `a.${n}`,
  seconds,
  parents: [],
  carries: 'audio',
  content,
});
const thin = { afterSeconds: 10, everySeconds: 1e6, takeSeconds: 1 };
const said = [saying(0, 0), saying(1, 100), saying(2, 200), saying(3, 400)];

describe('a run that plays', () => {
  it('is thinned but for its last minute, and never removed', async () => {
    const archive = freshArchive();
    const sayings = [...said, saying(4, 350)].toSorted((a, b) => a.seconds - b.seconds);
    const policy = { thin, keepSeconds: 20 };
    const folder = writeRun(archive, { name: 'a', sayings, policy });
    const account = await tidy(archive);
    expect(account.thinned[0]?.playing).toBe(true);
    expect(hashesIn(folder)).toEqual(new Set([hashOfContent(3), hashOfContent(4)]));
  });

  it('keeps what its agents remember, because it may yet be a parent', async () => {
    const archive = freshArchive();
    const elder = { ...saying(1, 100), parents: ['a.0'] };
    const sayings = [saying(0, 50), elder, saying(2, 200), saying(3, 400)];
    const folder = writeRun(archive, { name: 'a', sayings, policy: { thin } });
    writeCheckpointText(folder, 3800, JSON.stringify({ states: { grains: { heard: ['a.1'] } } }));
    await tidy(archive);
    expect(hashesIn(folder)).toEqual(new Set([0, 1, 3].map(hashOfContent)));
  });

  it('is left alone since its last checkpoint, while checkpoints come', async () => {
    const archive = freshArchive();
    const policy = { thin, checkpointSeconds: 100 };
    const folder = writeRun(archive, { name: 'a', sayings: said, policy });
    writeCheckpointText(folder, 1500, '{}');
    await tidy(archive);
    expect(hashesIn(folder)).toEqual(new Set([0, 2, 3].map(hashOfContent)));
  });

  it('gets back what it says again while it is thinned', async () => {
    const archive = freshArchive();
    const folder = writeRun(archive, { name: 'a', sayings: said, policy: { thin } });
    const again = async (): Promise<void> => {
      expect(hashesIn(folder)).not.toContain(hashOfContent(1));
      const line = JSON.stringify(recordOf(saying(5, 401, 1)));
      appendFileSync(join(folder, 'journal', '000001.jsonl'), `${line}\n`);
    };
    await tidy(archive, { wait: again });
    expect(hashesIn(folder)).toEqual(new Set([0, 1, 3].map(hashOfContent)));
    expect(existsSync(join(folder, 'leaving'))).toBe(false);
  });

  it('gets back what a fork that plays says again meanwhile', async () => {
    const archive = freshArchive();
    const run = { name: 'a', sayings: said, policy: { thin }, endedSecondsAgo: 1000 };
    const folder = writeRun(archive, run);
    const fork = { base: 'a', atSeconds: 1 };
    const young = writeRun(archive, { name: 'b', sayings: [saying(7, 2, 70)], fork });
    const again = async (): Promise<void> => {
      expect(hashesIn(folder)).not.toContain(hashOfContent(3));
      const line = JSON.stringify(recordOf(saying(8, 3, 3)));
      appendFileSync(join(young, 'journal', '000001.jsonl'), `${line}\n`);
    };
    await tidy(archive, { wait: again });
    expect(hashesIn(folder)).toEqual(new Set([0, 3].map(hashOfContent)));
  });

  it('keeps the segment that is being written as it is', async () => {
    const archive = freshArchive();
    const folder = writeRun(archive, { name: 'a', sayings: said, policy: { thin } });
    writeFileSync(
      join(folder, 'journal', '000002.jsonl'),
      `${JSON.stringify(recordOf(saying(6, 500)))}\n`,
    );
    await tidy(archive);
    expect(readdirSync(join(folder, 'journal'))).toEqual(['000001.jsonl.gz', '000002.jsonl']);
    expect([...openRun(folder).records()]).toHaveLength(5);
  });

  it('is told from one that was killed by the process in its playing.json', () => {
    const folder = writeRun(freshArchive(), { name: 'a', sayings: said });
    const now = Date.now();
    const unmark = markPlaying(folder);
    expect(isPlaying(folder, now)).toBe(true);
    writeFileSync(join(folder, 'playing.json'), JSON.stringify({ pid: 2 ** 30, host: hostname() }));
    expect(isPlaying(folder, now)).toBe(false);
    writeFileSync(join(folder, 'playing.json'), JSON.stringify({ pid: 2 ** 30, host: 'far' }));
    expect(isPlaying(folder, now)).toBe(true);
    unmark();
    expect(isPlaying(folder, now)).toBe(true);
    expect(isPlaying(folder, now + 2 * 3600 * 1000)).toBe(false);
    writeFileSync(join(folder, 'summary.json'), '{}');
    expect(isPlaying(folder, now)).toBe(false);
    rmSync(folder, { recursive: true });
  });

  it('is not tidied twice at once', async () => {
    const archive = freshArchive();
    writeRun(archive, { name: 'a', sayings: said, policy: { thin } });
    const other = (): Promise<void> => expect(tidyElsewhere(archive)).rejects.toThrow(/already/);
    await tidy(archive, { wait: other });
  });
});

/** As another living process would find the lock: held by this one's parent. */
async function tidyElsewhere(archive: string): Promise<unknown> {
  writeFileSync(join(archive, '.gc.lock'), String(process.ppid));
  return tidy(archive);
}
