import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeRun } from '../archive/records.js';
import { spoken, withFolder } from './spoken.js';

describe('archive verify', () => {
  it('says that a sound run is sound', () =>
    withFolder(async (folder) => {
      await writeRun(folder, 3);
      const { code, out } = await spoken('archive', 'verify', folder, '--blobs', 'all');
      expect([code, out]).toEqual([0, `${folder}  sound\n`]);
    }));

  it('names what it finds by file and line, and exits 1', () =>
    withFolder(async (folder) => {
      await writeRun(folder, 3);
      const file = join(folder, 'journal', '000001.jsonl');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"a.2"', '"a.3"'));
      const { code, out, err } = await spoken('archive', 'verify', folder);
      expect([code, err]).toEqual([1, '']);
      expect(out).toBe(
        `${folder}  1 finding\n` +
          `  ${file}:3: this line is damaged, or lines before it are missing\n`,
      );
      const { out: json } = await spoken('archive', 'verify', folder, '--json');
      expect(JSON.parse(json)).toMatchObject([{ findings: [{ kind: 'chain' }] }]);
    }));

  it('recovers a run that was killed, and says what that took', () =>
    withFolder(async (folder) => {
      await writeRun(folder, 3);
      rmSync(join(folder, 'summary.json'));
      const file = join(folder, 'journal', '000001.jsonl');
      writeFileSync(file, readFileSync(file, 'utf8').slice(0, -9));
      const before = await spoken('archive', 'verify', folder);
      expect([before.code, before.out]).toEqual([1, expect.stringContaining('--recover')]);
      const { code, out } = await spoken('archive', 'verify', '--recover', folder);
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(/^recovered: \d+ bytes of a torn line cut off\n.* sound\n$/),
      ]);
      const again = await spoken('archive', 'verify', '--recover', folder);
      expect(again.out).toBe(`nothing to recover\n${folder}  sound\n`);
    }));

  it('refuses what is no run', async () => {
    const { code, err } = await spoken('archive', 'verify', 'no-such-run');
    expect([code, err]).toEqual([2, expect.stringContaining('there is no such run')]);
  });
});
