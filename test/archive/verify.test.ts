import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  Journal,
  type JournalRecord,
  blobFile,
  chainBefore,
  hashOf,
  journalLines,
  readJournal,
  thinnedLine,
  verifyRun,
  writeCheckpointText,
} from '../../src/archive/index.js';
import { encodeWav } from '../../src/audio/index.js';
import { said, withFolder, writeRun } from './records.js';

/** Writes a run with these records, whatever they say, and returns what is found. */
async function foundIn(folder: string, records: readonly JournalRecord[]): Promise<string[]> {
  await writeRun(folder, 0);
  rmSync(join(folder, 'summary.json'));
  const journal = new Journal(join(folder, 'journal'));
  for (const record of records) journal.append(record);
  journal.close();
  const findings = await verifyRun(folder);
  return findings.map(({ kind, where }) => `${kind} ${/\d*$/.exec(where)?.[0]}`);
}

const hashIn = (folder: string, index: number): string => {
  const record = [...readJournal(join(folder, 'journal'))][index];
  return record?.type === 'said' ? (record.hash ?? '') : '';
};

describe('a history that cannot be', () => {
  it.each<[string, JournalRecord[], string[]]>([
    ['sound', [said(1), said(2, { parents: [['a.1', 1]], lap: 1 })], []],
    ['a parent never said', [said(1), said(2, { parents: [['a.3', 0]] })], ['parent 3']],
    ['a parent said later', [said(1, { parents: [['a.2', 0]] }), said(2)], ['parent 2']],
    ['time going back', [said(2), said(1)], ['order 3']],
    ['a parent of later', [said(2), { ...said(1), parents: [['a.2', 0]] }], ['order 3', 'order 3']],
    ['said twice', [said(1), said(1)], ['order 3']],
    ['two laps at once', [said(1), said(2, { parents: [['a.1', 2]], lap: 2 })], ['lap 3']],
    ['not the oldest lap', [said(1), said(2, { parents: [['a.1', 1]] })], ['lap 3']],
    [
      'what happens to the swarm keeps no order',
      [said(5), { type: 'happened', time: 2, what: 'died' }, said(6)],
      [],
    ],
  ])('%s', (_, records, expected) =>
    withFolder(async (folder) => expect(await foundIn(folder, records)).toEqual(expected)),
  );

  it('is not one where the parents were said on another machine', () =>
    withFolder(async (folder) => {
      await writeRun(folder, 0);
      rmSync(join(folder, 'summary.json'));
      writeFileSync(join(folder, 'run.json'), JSON.stringify({ run: 'x', only: ['a'] }));
      const journal = new Journal(join(folder, 'journal'));
      journal.append(said(1, { parents: [['b.7', 0]] }));
      journal.close();
      expect(await verifyRun(folder)).toEqual([]);
    }));
});

describe('files', () => {
  it('that are missing or damaged are found, those thinned away are not', () =>
    withFolder(async (folder) => {
      await writeRun(folder, 4);
      const blobs = join(folder, 'blobs');
      const [one, two, three] = [0, 1, 2].map((i) => hashIn(folder, i)) as [string, string, string];
      rmSync(blobFile(blobs, one));
      rmSync(blobFile(blobs, two));
      writeFileSync(blobFile(blobs, three), new Uint8Array(8));
      writeFileSync(join(folder, 'thinned.jsonl'), thinnedLine(one));
      expect(await verifyRun(folder, { blobs: 'none' })).toEqual([]);
      expect(await verifyRun(folder, { blobs: 'all' })).toEqual([
        { kind: 'blob', where: join(folder, 'journal/000001.jsonl:3'), says: expect.any(String) },
        { kind: 'blob', where: blobFile(blobs, three), says: expect.stringContaining('damaged') },
      ]);
    }));

  it('of checkpoints are compared with their hashes', () =>
    withFolder(async (folder) => {
      const records = [1, 2, 3].map((time) => {
        return { type: 'checkpoint', time, hash: hashOf(`state ${time}`) } as const;
      });
      writeCheckpointText(folder, 1, 'state 1');
      writeCheckpointText(folder, 2, 'state x');
      const found = await foundIn(folder, records);
      expect(found).toEqual(['checkpoint ', 'checkpoint 4']);
    }));

  it('of sound must be whole', () =>
    withFolder(async (folder) => {
      await writeRun(folder, 1);
      const wav = encodeWav({ sampleRate: 1000, channels: [new Float32Array(500)] });
      mkdirSync(join(folder, 'audio'));
      writeFileSync(join(folder, 'audio', 'a.wav'), wav);
      writeFileSync(join(folder, 'audio', 'b.wav'), wav.subarray(0, 600));
      writeFileSync(join(folder, 'audio', 'c.wav'), 'RIFF');
      const findings = await verifyRun(folder);
      expect(findings.map(({ kind, where }) => [kind, where])).toEqual([
        ['sound', join(folder, 'audio', 'b.wav')],
        ['sound', join(folder, 'audio', 'c.wav')],
      ]);
    }));
});

describe('a fork', () => {
  it('begins after a line of its base, cites what its base said, and uses its blobs', () =>
    withFolder(async (home) => {
      const [base, fork] = [join(home, 'base'), join(home, 'fork')];
      await writeRun(base, 6);
      await writeRun(fork, 0);
      rmSync(join(fork, 'summary.json'));
      const origin = { how: 'fork', run: 'test', folder: '../base', at: 4 };
      writeFileSync(join(fork, 'run.json'), JSON.stringify({ run: 'fork', origin }));
      const after = chainBefore(journalLines(join(base, 'journal')), 4) as string;
      const journal = new Journal(join(fork, 'journal'), { after });
      journal.append(said(4, { parents: [['a.3', 3]], lap: 3, hash: hashIn(base, 3) }));
      journal.append(said(5, { parents: [['a.6', 5]], lap: 5 }));
      journal.close();
      const findings = await verifyRun(fork, { blobs: 'all' });
      expect(findings.map(({ kind }) => kind)).toEqual(['parent']);
      const file = join(fork, 'journal', '000001.jsonl');
      writeFileSync(file, readFileSync(file, 'utf8').replace(after, 'f'.repeat(32)));
      const [first] = await verifyRun(fork);
      expect(first).toMatchObject({ kind: 'chain', where: `${file}:1` });
    }));
});
