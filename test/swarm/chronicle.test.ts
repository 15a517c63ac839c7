import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Blobs, Journal, type SyncPolicy, readJournal } from '../../src/archive/index.js';
import type { Envelope } from '../../src/core/index.js';
import { Chronicle } from '../../src/swarm/chronicle.js';
import { failingDisk } from '../archive/failing-disk.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'demiurge-chronicle-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.restoreAllMocks();
});

function chronicleOn(disk: ReturnType<typeof failingDisk>, sync?: SyncPolicy): Chronicle {
  const journal = new Journal(join(folder, 'journal'), { disk });
  return new Chronicle(
    journal,
    new Blobs(join(folder, 'blobs'), 1e6, { disk }),
    sync === undefined ? {} : { sync },
  );
}

function sound(time: number): Envelope {
  const signal = { sampleRate: 1000, channels: [new Float32Array(10).fill(time)] };
  const source = { agent: 'a', port: 'audio' };
  const id = `a.${time}` as Envelope['id'];
  return { id, source, sequence: time, time, lap: 0, parents: [], carries: 'audio', signal };
}

const records = () => [...readJournal(join(folder, 'journal'))];

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => void setImmediate(resolve));
}

describe('a chronicle', () => {
  it('hands what it knows to the disk within a second, also when nothing happens', async () => {
    const chronicle = chronicleOn(failingDisk());
    chronicle.said(sound(1), 0, 1);
    chronicle.writeUntil(2);
    await until(() => records().length === 1);
    await chronicle.close(9);
  });

  it('says once that the disk fails, goes on, and says when it no longer does', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const disk = failingDisk();
    const chronicle = chronicleOn(disk);
    const say = (time: number): void => {
      chronicle.said(sound(time), 0, time);
      chronicle.writeUntil(time + 1);
      chronicle.flush();
    };
    disk.full = true;
    say(1);
    await until(() => {
      chronicle.flush();
      return warned.mock.calls.length > 0;
    });
    for (const time of [2, 3, 4]) say(time);
    disk.full = false;
    await until(() => {
      chronicle.flush();
      return warned.mock.calls.length > 1;
    });
    say(5);
    const sum = await chronicle.close(9);
    expect(warned.mock.calls.map(([says]) => says)).toEqual([
      expect.stringContaining('the archive waits for its disk: ENOSPC'),
      'the archive: it is written again',
    ]);
    expect(sum.unwritten).toBeUndefined();
    const told = records();
    expect(told.filter(({ type }) => type === 'said').map(({ time }) => time)).toEqual([
      1, 2, 3, 4, 5,
    ]);
    expect(told.filter(({ type }) => type === 'happened')).toMatchObject([
      { what: 'archive failing' },
      { what: 'archive mended' },
    ]);
  });

  it.each<[SyncPolicy, number]>([
    ['none', 0],
    [1e6, 1],
  ])('with policy %s syncs sounds before the journal that names them', async (policy, journals) => {
    const disk = failingDisk();
    const chronicle = chronicleOn(disk, policy);
    chronicle.said(sound(1), 0, 1);
    await chronicle.close(9);
    const order = disk.synced.map((path) => path.slice(folder.length + 1).split('/')[0]);
    expect(order.filter((room) => room === 'journal').length).toBe(2 * journals);
    expect(order.join()).toMatch(journals === 0 ? /^$/ : /^(blobs,)+journal,journal$/);
  });
});
