// Whatever single byte of a journal changes, and wherever it is cut, it is found, and the line is
// named.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Finding, verifyRun } from '../../src/archive/index.js';
import { withFolder, writeRun } from './records.js';

const RECORDS = 12;

const home = mkdtempSync(join(tmpdir(), 'demiurge-damage-'));
const file = join(home, 'journal', '000001.jsonl');
let whole = Buffer.alloc(0);

beforeAll(async () => {
  await writeRun(home, RECORDS);
  whole = readFileSync(file);
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Changes the journal of a small run and returns what is found then. */
async function damaged(change: (text: Buffer) => Buffer): Promise<Finding[]> {
  writeFileSync(file, change(Buffer.from(whole)));
  return verifyRun(home, { blobs: 'none' });
}

/** The lines, counted from 1, that the findings name. */
function linesOf(findings: readonly Finding[]): number[] {
  return findings.map(({ where }) => Number(/jsonl:(\d+)$/.exec(where)?.[1]));
}

const lineAt = (text: Buffer, place: number): number =>
  text.subarray(0, place).toString('latin1').split('\n').length;

describe('damage to a journal', () => {
  it('is not found where there is none', async () => {
    expect(await damaged((text) => text)).toEqual([]);
  });

  it('of one byte is found at its line, and nowhere else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (where, flip) => {
        let line = 0;
        const findings = await damaged((text) => {
          const place = where % text.length;
          line = lineAt(text, place);
          text[place] = (text[place] as number) ^ flip;
          return text;
        });
        expect(findings.length).toBeGreaterThan(0);
        // A newline that is gone joins two lines, one that is new makes two of one.
        const named = linesOf(findings);
        expect(named).toContain(line);
        expect(named.every((one) => one === line || one === line + 1)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('by cutting its end off is found at the line of the cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (where) => {
        let line = 0;
        const findings = await damaged((text) => {
          const place = where % text.length;
          line = lineAt(text, place);
          return text.subarray(0, place);
        });
        expect(findings.length).toBe(1);
        const [named = 0] = linesOf(findings);
        if (line > 1) expect(named === line || named === line - 1).toBe(true);
        else expect(findings[0]?.where).toContain('journal');
      }),
      { numRuns: 200 },
    );
  });

  it('by cutting something out of its middle is found at the line of the cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 900 }), async (where, length) => {
        let line = 0;
        const findings = await damaged((text) => {
          const place = where % (text.length - 1);
          line = lineAt(text, place);
          const to = Math.min(place + length, text.length - 1);
          return Buffer.concat([text.subarray(0, place), text.subarray(to)]);
        });
        expect(linesOf(findings)).toContain(line);
      }),
      { numRuns: 200 },
    );
  });

  it('that takes a whole segment away is found at the next', () =>
    withFolder(async (folder) => {
      await writeRun(folder, 3);
      const journal = join(folder, 'journal');
      cpSync(join(journal, '000001.jsonl'), join(journal, '000002.jsonl'));
      const [first] = await verifyRun(folder, { blobs: 'none' });
      expect(first?.where).toBe(join(journal, '000002.jsonl:1'));
    }));
});
