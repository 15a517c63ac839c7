import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  Journal,
  blobFile,
  hasRecovered,
  readJournal,
  recoverRun,
  verifyRun,
} from '../../src/archive/index.js';
import { encodeWav, wavInfo } from '../../src/audio/index.js';
import { said, withFolder, writeRun } from './records.js';

interface Killed {
  readonly folder: string;
  readonly file: string;
  /** The blob that the record of this number names. */
  blobOf(count: number): string;
  /** The numbers of the records that are left. */
  left(): number[];
}

/** A run of ten records that did not come to its end. */
async function killed(work: (run: Killed) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    await writeRun(folder, 10);
    rmSync(join(folder, 'summary.json'));
    const journal = join(folder, 'journal');
    const records = [...readJournal(journal)];
    const blobOf = (count: number): string => {
      const record = records[count - 1];
      const hash = record?.type === 'said' ? record.hash : undefined;
      return blobFile(join(folder, 'blobs'), hash ?? '');
    };
    const left = (): number[] => [...readJournal(journal)].map(({ time }) => time);
    await work({ folder, file: join(journal, '000001.jsonl'), blobOf, left });
    expect(await verifyRun(folder, { blobs: 'all' })).toEqual([]);
    expect(hasRecovered(await recoverRun(folder))).toBe(false);
  });
}

const NOTHING = { drafts: 0, tornBytes: 0, linesCut: 0, sounds: [] };
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('recovering', () => {
  it('changes nothing where nothing is amiss', () =>
    killed(async ({ folder }) => expect(await recoverRun(folder)).toEqual(NOTHING)));

  it('takes drafts away and cuts off a torn line', () =>
    killed(async ({ folder, file, blobOf, left }) => {
      writeFileSync(`${blobOf(3)}.draft`, 'x');
      truncateSync(file, readFileSync(file).length - 5);
      const { drafts, tornBytes } = await recoverRun(folder);
      expect([drafts, tornBytes > 5, left()]).toEqual([1, true, upTo(9)]);
    }));

  it('cuts off what a power cut left of lines: zeros, or others’ bytes', () =>
    killed(async ({ folder, file, left }) => {
      appendFileSync(file, Buffer.concat([Buffer.alloc(700), Buffer.from('\nrubbish\n')]));
      expect(await recoverRun(folder)).toEqual({ ...NOTHING, tornBytes: 709 });
      expect(left()).toEqual(upTo(10));
    }));

  it('takes a segment away that had hardly begun', () =>
    killed(async ({ folder, file, left }) => {
      const next = file.replace('000001', '000002');
      writeFileSync(next, '{"type":"segm');
      expect(await recoverRun(folder)).toEqual({ ...NOTHING, tornBytes: 13 });
      expect([existsSync(next), left()]).toEqual([false, upTo(10)]);
    }));

  it('cuts off the lines at the very end whose blobs never came', () =>
    killed(async ({ folder, blobOf, left }) => {
      rmSync(blobOf(9));
      rmSync(blobOf(10));
      expect(await recoverRun(folder)).toEqual({ ...NOTHING, linesCut: 2 });
      expect(left()).toEqual(upTo(8));
    }));

  it('cuts at the first missing or spoilt blob since the last sync', () =>
    killed(async ({ folder, file, blobOf, left }) => {
      const lines = readFileSync(file, 'utf8').split('\n');
      const offset = Buffer.byteLength(lines.slice(0, 5).join('\n')) + 1;
      writeFileSync(
        join(folder, 'synced.json'),
        JSON.stringify({ segment: '000001.jsonl', offset }),
      );
      writeFileSync(blobOf(7), new Uint8Array(8));
      expect(await recoverRun(folder)).toEqual({ ...NOTHING, linesCut: 4 });
      expect([left(), existsSync(blobOf(7))]).toEqual([upTo(6), false]);
    }));

  it('mends sounds, and takes those away that had not begun', () =>
    killed(async ({ folder }) => {
      const audio = join(folder, 'audio');
      mkdirSync(audio);
      const wav = encodeWav({ sampleRate: 1000, channels: [new Float32Array(500)] });
      const empty = encodeWav({ sampleRate: 1000, channels: [new Float32Array(0)] });
      writeFileSync(join(audio, 'a.wav'), Buffer.concat([empty, wav.subarray(empty.length)]));
      writeFileSync(join(audio, 'b.wav'), wav.subarray(0, 30));
      expect((await recoverRun(folder)).sounds).toEqual(['a.wav', 'b.wav']);
      expect(wavInfo(join(audio, 'a.wav')).frames).toBe(500);
      expect(existsSync(join(audio, 'b.wav'))).toBe(false);
    }));
});

describe('what recovering leaves alone', () => {
  it('is damage with sound lines after it, and all of a finished run', () =>
    withFolder(async (folder) => {
      await writeRun(folder, 10);
      const file = join(folder, 'journal', '000001.jsonl');
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace('"a.4"', '"a.5"'));
      expect(hasRecovered(await recoverRun(folder))).toBe(false);
      expect((await verifyRun(folder)).map(({ where }) => where)).toEqual([`${file}:5`]);
      writeFileSync(file, text.slice(0, -9));
      expect(hasRecovered(await recoverRun(folder))).toBe(false);
      expect((await verifyRun(folder)).map(({ kind }) => kind)).toEqual(['torn']);
    }));

  it.runIf(process.platform === 'linux')('is a run that still plays', () =>
    withFolder(async (folder) => {
      await writeRun(folder, 0);
      const journal = new Journal(join(folder, 'journal'));
      journal.append(said(1));
      journal.flush();
      await expect(recoverRun(folder)).rejects.toThrow(/still playing, in process \d+/);
      journal.close();
    }),
  );

  it('is a run without anything in its journal', () =>
    withFolder(async (folder) => {
      await writeRun(folder, 0);
      rmSync(join(folder, 'summary.json'));
      expect(await recoverRun(folder)).toEqual(NOTHING);
      const journal = new Journal(join(folder, 'journal'));
      journal.append(said(1));
      journal.close();
      expect(await verifyRun(folder)).toEqual([]);
    }));
});
