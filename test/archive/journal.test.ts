import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_CHAIN,
  Journal,
  type JournalLine,
  chainBefore,
  journalLines,
  readJournal,
} from '../../src/archive/index.js';
import { said, withFolder } from './records.js';

const half = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

function write(folder: string, count: number, after?: string): Journal {
  const journal = new Journal(folder, after === undefined ? {} : { after });
  for (let i = 1; i <= count; i++) journal.append(said(i));
  journal.close();
  return journal;
}

describe('a journal', () => {
  it('is a header and lines that each verify all before them', () =>
    withFolder((folder) => {
      const { chain } = write(folder, 2);
      const [header, ...lines] = readFileSync(join(folder, '000001.jsonl'), 'utf8').split('\n');
      const jsons = [said(1), said(2)].map((record) => JSON.stringify(record));
      const first = half(EMPTY_CHAIN + jsons[0]);
      const second = half(first + jsons[1]);
      expect(EMPTY_CHAIN).toBe(half(''));
      expect(header).toBe(`{"type":"segment","version":2,"number":1,"after":"${EMPTY_CHAIN}"}`);
      expect(lines).toEqual([`${first} ${jsons[0]}`, `${second} ${jsons[1]}`, '']);
      expect(chain).toBe(second);
    }));

  it('goes on from the chain it is given', () =>
    withFolder((folder) => {
      const base = write(join(folder, 'base'), 5);
      write(join(folder, 'fork'), 3, base.chain);
      const [first] = journalLines(join(folder, 'fork'));
      expect(first?.chain).toBe(half(base.chain + JSON.stringify(said(1))));
      expect(chainBefore(journalLines(join(folder, 'base')), 6)).toBe(base.chain);
      expect(chainBefore(journalLines(join(folder, 'base')), 0)).toBe(EMPTY_CHAIN);
    }));

  it('begins a new segment every 50,000 records, chained to the one before', () =>
    withFolder((folder) => {
      const { chain } = write(folder, 100_001);
      expect(readdirSync(folder)).toEqual(['000001.jsonl', '000002.jsonl', '000003.jsonl']);
      const lines = [...journalLines(folder)];
      expect(lines.length).toBe(100_001);
      expect(lines[50_000]).toMatchObject({ segment: '000002.jsonl', record: { id: 'a.50001' } });
      expect(lines.at(-1)?.chain).toBe(chain);
    }));

  it('holds a line back until its blob is there, and all lines after it', () =>
    withFolder((folder) => {
      const journal = new Journal(folder);
      const blob = { settled: false };
      journal.append(said(1));
      journal.append(said(2), blob);
      journal.append(said(3));
      journal.flush();
      expect([...readJournal(folder)]).toEqual([said(1)]);
      blob.settled = true;
      journal.flush();
      expect([...readJournal(folder)]).toEqual([said(1), said(2), said(3)]);
      journal.close();
    }));
});

describe('reading a journal', () => {
  it('goes on where it stopped, also where the segment was compressed meanwhile', () =>
    withFolder((folder) => {
      write(folder, 50_100);
      const places = (lines: Iterable<JournalLine>): string[] =>
        Array.from(lines, ({ segment, offset, record }) => `${segment} ${offset} ${record.time}`);
      const all = [...journalLines(folder)];
      const expected = places(all);
      const file = join(folder, '000001.jsonl');
      for (const index of [777, 49_999, 50_000, 50_099]) {
        const { segment, offset, length, chain } = all[index] as JournalLine;
        const place = { segment, offset: offset + length, chain: chain as string };
        expect(places(journalLines(folder, place)).join()).toBe(expected.slice(index + 1).join());
        if (index === 777) {
          writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
          rmSync(file);
        }
      }
      expect(places(journalLines(folder)).join()).toBe(expected.join());
    }));

  it('passes over a torn last line, and reads on once it is whole', () =>
    withFolder((folder) => {
      write(folder, 3);
      const file = join(folder, '000001.jsonl');
      const text = readFileSync(file);
      const last = text.lastIndexOf('\n', text.length - 2) + 1;
      for (const cut of [last, last + 1, last + 40, text.length - 1]) {
        writeFileSync(file, text.subarray(0, cut));
        expect([...readJournal(folder)]).toEqual([said(1), said(2)]);
      }
      appendFileSync(file, text.subarray(text.length - 1));
      expect([...readJournal(folder)]).toEqual([said(1), said(2), said(3)]);
    }));

  it('names the file and line of any other damage', () =>
    withFolder((folder) => {
      write(folder, 3);
      const file = join(folder, '000001.jsonl');
      const lines = readFileSync(file, 'utf8').split('\n');
      writeFileSync(file, [...lines.slice(0, 2), lines[2]?.replace('a.2', 'a.9'), ''].join('\n'));
      expect(() => [...readJournal(folder)]).toThrow(/000001\.jsonl:3: .*damaged/);
      writeFileSync(file, lines.slice(1).join('\n'));
      expect(() => [...readJournal(folder)]).toThrow(/000001\.jsonl:1: .*damaged/);
    }));

  it('reads journals of format 1', () =>
    withFolder((folder) => {
      const old = [said(1), said(2)].map((record) => `${JSON.stringify(record)}\n`).join('');
      writeFileSync(join(folder, '000001.jsonl'), `${old}{"type":"sa`);
      expect([...readJournal(folder)]).toEqual([said(1), said(2)]);
      const [, second] = journalLines(folder);
      expect(second).toEqual({
        record: said(2),
        segment: '000001.jsonl',
        offset: Buffer.byteLength(old) / 2,
        length: Buffer.byteLength(old) / 2,
      });
      writeFileSync(join(folder, '000002.jsonl'), old);
      expect(() => [...readJournal(folder)]).toThrow(/000001\.jsonl:3: .*cut off/);
    }));
});
