import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  Blobs,
  Journal,
  type Receipt,
  blobFile,
  blobHashes,
  hashOf,
  readBlob,
  readJournal,
  thinnedHashes,
} from '../../src/archive/index.js';
import { failingDisk } from './failing-disk.js';
import { said, withFolder } from './records.js';

const sounds = Array.from({ length: 6 }, (_, i) => new Uint8Array(1000).fill(i));
const hashes = sounds.map((bytes) => hashOf(bytes));
const [first, second] = hashes as [string, string];

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => void setImmediate(resolve));
}

describe('blobs', () => {
  it('are there once their receipt says so, and equal ones are written once', () =>
    withFolder(async (folder) => {
      const blobs = new Blobs(folder, 1e6);
      const receipts = [0, 1, 0].map((i) => blobs.put(hashes[i] as string, sounds[i] as never));
      expect(receipts.map(({ settled }) => settled)).toEqual([false, false, false]);
      expect(receipts[2]).toBe(receipts[0]);
      expect(await blobs.close()).toEqual({ bytes: 2000, refused: 0, lost: 0 });
      expect(receipts.map(({ settled }) => settled)).toEqual([true, true, true]);
      expect(await readBlob(folder, second)).toEqual(Buffer.from(sounds[1] as Uint8Array));
      expect(await blobHashes(folder)).toEqual(new Set([first, second]));
    }));

  it('beyond the limit are counted and noted as thinned', () =>
    withFolder(async (folder) => {
      const blobs = new Blobs(join(folder, 'blobs'), 1500);
      blobs.put(first, sounds[0] as Uint8Array);
      const receipt = blobs.put(second, sounds[1] as Uint8Array);
      expect(receipt.settled).toBe(false);
      expect(await blobs.close()).toEqual({ bytes: 1000, refused: 1, lost: 0 });
      expect([receipt.settled, thinnedHashes(folder)]).toEqual([true, new Set([second])]);
    }));

  it('are synced before they take their name where everything always is', () =>
    withFolder(async (folder) => {
      const disk = failingDisk();
      const blobs = new Blobs(folder, 1e6, { sync: 'always', disk });
      blobs.put(first, sounds[0] as Uint8Array);
      await blobs.close();
      const file = blobFile(folder, first);
      expect(disk.synced).toEqual([`${file}.draft`, join(file, '..')]);
    }));

  it('are synced with their folders when asked', () =>
    withFolder(async (folder) => {
      const disk = failingDisk();
      const blobs = new Blobs(folder, 1e6, { disk });
      blobs.put(first, sounds[0] as Uint8Array);
      await blobs.close();
      expect(disk.synced).toEqual([]);
      await blobs.sync();
      const file = blobFile(folder, first);
      expect(disk.synced).toEqual([file, join(file, '..'), folder]);
    }));

  it('note nothing to be synced where nobody ever syncs, so that no list grows for weeks', () =>
    withFolder(async (folder) => {
      const disk = failingDisk();
      const blobs = new Blobs(folder, 1000, { disk, sync: 'none' });
      blobs.put(first, sounds[0] as never);
      blobs.put(second, sounds[1] as never);
      expect(await blobs.close()).toEqual({ bytes: 1000, refused: 1, lost: 0 });
      await blobs.sync();
      expect(disk.synced).toEqual([]);
    }));
});

describe('on a disk that is full for a while', () => {
  it('blobs and the lines that name them wait, and are whole when it has room again', () =>
    withFolder(async (folder) => {
      const disk = failingDisk();
      const journal = new Journal(join(folder, 'journal'), { disk });
      const blobs = new Blobs(join(folder, 'blobs'), 1e6, { disk });
      const say = (i: number): Receipt => {
        const hash = hashes[i] as string;
        const receipt = blobs.put(hash, sounds[i] as Uint8Array);
        journal.append(said(i, { hash }), receipt);
        return receipt;
      };
      const receipt = say(0);
      await until(() => receipt.settled);
      journal.flush();
      disk.full = true;
      for (const i of [1, 2, 3]) say(i);
      journal.append(said(99));
      await until(() => blobs.trouble !== undefined);
      blobs.retry();
      journal.flush();
      expect([String(blobs.trouble), journal.trouble]).toEqual([
        expect.stringContaining('ENOSPC'),
        undefined,
      ]);
      expect([...readJournal(join(folder, 'journal'))].length).toBe(1);
      disk.full = false;
      blobs.retry();
      expect(await blobs.close()).toEqual({ bytes: 4000, refused: 0, lost: 0 });
      journal.close();
      const records = [...readJournal(join(folder, 'journal'))];
      expect(records.map(({ time }) => time)).toEqual([0, 1, 2, 3, 99]);
      expect([blobs.trouble, journal.sum().unwritten]).toEqual([undefined, undefined]);
    }));

  it('a line that was written in part is completed, not repeated', () =>
    withFolder((folder) => {
      const disk = failingDisk();
      const journal = new Journal(folder, { disk });
      journal.append(said(1));
      journal.flush();
      disk.full = true;
      journal.append(said(2));
      journal.flush();
      journal.flush();
      expect(String(journal.trouble)).toContain('ENOSPC');
      expect([...readJournal(folder)]).toEqual([said(1)]);
      journal.append(said(3));
      disk.full = false;
      journal.flush();
      expect([journal.trouble, [...readJournal(folder)]]).toEqual([
        undefined,
        [said(1), said(2), said(3)],
      ]);
      journal.close();
    }));

  it('beyond a brim the oldest signals are given up and noted, later lines counted', () =>
    withFolder(async (folder) => {
      const disk = failingDisk();
      const blobs = new Blobs(join(folder, 'blobs'), 1e6, { disk, waitingBytesMax: 3500 });
      const journal = new Journal(join(folder, 'journal'), { disk, waitingBytesMax: 1000 });
      disk.full = true;
      for (const [i, hash] of hashes.entries()) blobs.put(hash, sounds[i] as Uint8Array);
      for (let i = 0; i < 10; i++) journal.append(said(i));
      await until(() => blobs.trouble !== undefined);
      blobs.retry();
      disk.full = false;
      const { lost } = await blobs.close();
      expect([lost, thinnedHashes(folder).size]).toEqual([3, 3]);
      expect((await blobHashes(join(folder, 'blobs'))).size).toBe(3);
      journal.close();
      const kept = [...readJournal(join(folder, 'journal'))].length;
      expect(kept).toBeGreaterThan(3);
      expect(journal.sum()).toMatchObject({ entries: 10, unwritten: 10 - kept });
    }));

  it('a disk that never comes back ends nothing but the archive', () =>
    withFolder(async (folder) => {
      const disk = failingDisk();
      const blobs = new Blobs(join(folder, 'blobs'), 1e6, { disk });
      const journal = new Journal(join(folder, 'journal'), { disk });
      disk.full = true;
      journal.append(said(1, { hash: first }), blobs.put(first, sounds[0] as Uint8Array));
      expect(await blobs.close()).toEqual({ bytes: 0, refused: 0, lost: 1 });
      journal.close();
      expect(journal.sum().unwritten).toBe(1);
      expect(readdirSync(join(folder, 'journal')).map((name) => basename(name))).toEqual([]);
      expect(existsSync(join(folder, 'thinned.jsonl'))).toBe(false);
    }));
});
