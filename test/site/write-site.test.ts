import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSite } from '../../src/site/index.js';
import type { SiteOptions, SiteRun } from '../../src/site/index.js';
import { dataScript } from '../../src/site/data.js';
import { slugs } from '../../src/site/address.js';
import { STORY, makeRun, said, withPlace } from './made-run.js';

const OPTIONS: Omit<SiteOptions, 'out'> = {
  title: 'A site',
  sounds: 'sounded',
  soundBytes: 1e9,
  version: '0.0.0',
};

async function site(folder: string, runs: readonly SiteRun[]): Promise<string> {
  const out = join(folder, 'site');
  await writeSite(runs, { ...OPTIONS, out });
  return out;
}

const textOf = (out: string, name: string): string => readFileSync(join(out, name), 'utf8');

function filesIn(out: string): readonly string[] {
  return readdirSync(out, { recursive: true, encoding: 'utf8' }).toSorted();
}

const HOSTILE = '"><script>window.hacked=1</script><img src=x onerror=hacked()>';

describe('a site', () => {
  it('holds every file that its pages name, and names nothing elsewhere', () =>
    withPlace(async (folder) => {
      const archive = await makeRun({ folder: join(folder, 'run'), records: STORY });
      const out = await site(folder, [{ archive }]);
      for (const page of filesIn(out).filter((name) => name.endsWith('.html'))) {
        const text = textOf(out, page);
        expect(text).not.toMatch(/(https?:)?\/\/[a-z]/);
        for (const [, link = ''] of text.matchAll(/(?:href|src)="([^"]*)"/g)) {
          const [file = '', place] = link.split('#');
          if (file !== '' && file !== 'data:,')
            expect(existsSync(resolve(out, file)), link).toBe(true);
          const there =
            file === '' ? text : existsSync(resolve(out, file)) ? textOf(out, file) : '';
          if (place !== undefined) expect(there).toContain(`id="${decodeURIComponent(place)}"`);
        }
      }
    }));

  it('is the same to the byte when it is written again', () =>
    withPlace(async (folder) => {
      const archive = await makeRun({ folder: join(folder, 'run'), records: STORY });
      const read = (out: string): string[] =>
        filesIn(out)
          .filter((name) => /\.\w+$/.test(name))
          .map((name) => `${name} ${readFileSync(join(out, name), 'base64')}`);
      const first = read(await site(folder, [{ archive }]));
      expect(read(await site(folder, [{ archive }]))).toEqual(first);
    }));

  it('has the parts of a take in their order', () =>
    withPlace(async (folder) => {
      const archive = await makeRun({ folder: join(folder, 'run'), records: STORY });
      const text = textOf(await site(folder, [{ archive }]), 'aaaa1111-take-1.html');
      const heads = [...text.matchAll(/<h([12])[^>]*>([^<]*)</g)].map(
        ([, n, head]) => `${n} ${head}`,
      );
      expect(heads).toEqual([
        '1 Made',
        '2 Sound and score',
        '2 Ancestry',
        '2 What happened',
        '2 Bias curves',
        '2 Scenario',
        '2 How to repeat it',
        '2 Journal',
      ]);
      expect(text).toContain('No curves were computed');
      expect(text).toContain('demiurge replay aaaa1111 --check');
    }));

  it('shows curves that it is given, and leaves out points that are no numbers', () =>
    withPlace(async (folder) => {
      const archive = await makeRun({ folder: join(folder, 'run'), records: STORY });
      const point = (
        x: number,
        y: number,
      ): { x: number; y: number; low: number; high: number } => ({
        x,
        y,
        low: y - 1,
        high: y + 1,
      });
      const curves = [
        { name: 'variety', unit: 'bits', points: [point(0, 20), point(1, NaN), point(2, 3)] },
        { name: 'empty', unit: '', points: [] },
      ];
      const text = textOf(await site(folder, [{ archive, curves }]), 'aaaa1111-take-1.html');
      expect(text).toContain('20 at lap 0, 3 at lap 2');
      expect(text).not.toContain('NaN');
    }));

  it('lets no name from outside become a tag, a path or a script', () =>
    withPlace(async (folder) => {
      const records = [
        said('past.1', 0, { origins: [[HOSTILE, 1]] }),
        said(`${HOSTILE}.1`, 1, { parents: ['past.1'], from: `${HOSTILE}.audio` }),
      ];
      const record = { run: '../../etc', title: HOSTILE, inexact: HOSTILE, exact: false };
      const kinds = { [HOSTILE]: HOSTILE, out: 'recorder' };
      const archive = await makeRun({ folder: join(folder, 'run'), record, records, kinds });
      const out = await site(folder, [{ archive }]);
      for (const page of filesIn(out).filter((name) => name.endsWith('.html'))) {
        expect(textOf(out, page)).not.toMatch(/<script>|<img src=x|onerror=hacked\(\)>/);
      }
      expect(textOf(out, 'run-1-take-1.html')).toContain('demiurge replay ../../etc --check');
      expect(textOf(out, 'data/run-1.js')).not.toContain('<');
      expect(readdirSync(folder).toSorted()).toEqual(['run', 'site']);
    }));

  it('draws the garden of forks and replays, and tells forks from where they entered', () =>
    withPlace(async (folder) => {
      const base = await makeRun({ folder: join(folder, 'base'), records: STORY });
      const fork = await makeRun({
        folder: join(folder, 'fork'),
        records: [said('violin.9', 3, { parents: [['violin.2', 2]], lap: 2 })],
        record: {
          run: 'bbbb2222',
          title: 'Otherwise',
          origin: { how: 'fork', run: 'aaaa1111', folder: '../base', at: 2 * 8000 },
        },
      });
      const out = await site(folder, [{ archive: base }, { archive: fork }]);
      expect(textOf(out, 'index.html')).toContain('fork at 0:02');
      const page = textOf(out, 'bbbb2222-take-1.html');
      expect(page).toContain('This run left aaaa1111 at 0:02.0');
      expect(page).not.toContain('id="violin.3"');
      expect(textOf(out, 'data/bbbb2222.js')).toContain('"violin.2"');
    }));

  it('stays within the space that sounds are given and says what is left out', () =>
    withPlace(async (folder) => {
      const archive = await makeRun({ folder: join(folder, 'run'), records: STORY });
      const options = { ...OPTIONS, out: join(folder, 'site'), soundBytes: 0 };
      const sum = await writeSite([{ archive }], options);
      expect(sum).toMatchObject({ sounds: 0, soundsLeftOut: 4 });
      expect(textOf(options.out, 'aaaa1111-take-1.html')).toContain('4 did not fit');
    }));

  it('tells of sounds that the archive no longer has', () =>
    withPlace(async (folder) => {
      const archive = await makeRun({ folder: join(folder, 'run'), records: STORY, sounds: [] });
      const out = await site(folder, [{ archive }]);
      expect(textOf(out, 'aaaa1111-take-1.html')).toContain('4 are no longer in the archive');
    }));

  it('shows a run that ended where it began', () =>
    withPlace(async (folder) => {
      const archive = await makeRun({ folder: join(folder, 'run'), seconds: 0 });
      const out = await site(folder, [{ archive }]);
      const text = textOf(out, 'aaaa1111-take-1.html');
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
      expect(text).toContain('No recording of this take');
    }));

  it('says in a line that a summary is damaged, and leaves nothing half written', () =>
    withPlace(async (folder) => {
      const archive = await makeRun({ folder: join(folder, 'run'), records: STORY });
      writeFileSync(join(folder, 'run', 'summary.json'), '{');
      await expect(site(folder, [{ archive }])).rejects.toThrow(/summary\.json: it is damaged/);
      expect(readdirSync(folder)).toEqual(['run']);
    }));

  it('replaces an earlier site and nothing else', () =>
    withPlace(async (folder) => {
      const archive = await makeRun({ folder: join(folder, 'run'), records: STORY });
      const out = await site(folder, [{ archive }]);
      writeFileSync(join(out, 'old.html'), 'old');
      await site(folder, [{ archive }]);
      expect(existsSync(join(out, 'old.html'))).toBe(false);
      mkdirSync(join(folder, 'mine'));
      writeFileSync(join(folder, 'mine', 'diary.txt'), 'mine');
      const foreign = writeSite([{ archive }], { ...OPTIONS, out: join(folder, 'mine') });
      await expect(foreign).rejects.toThrow('not a site');
      expect(readdirSync(join(folder, 'mine'))).toEqual(['diary.txt']);
    }));
});

describe('names of files', () => {
  it('are ids that are harmless, and numbers otherwise', () => {
    const runs = ['abcd1234', '../x', 'abcd1234', 'index', 'A b'].map((run) => ({ run }));
    expect(slugs(runs as never)).toEqual(['abcd1234', 'run-2', 'run-3', 'run-4', 'run-5']);
  });
});

describe('data as a script', () => {
  it('gives back the document and cannot end the script', () => {
    const document = { text: '</script>\u2028<!--', n: [1, 'ü'] };
    const text = dataScript(document);
    expect(text).not.toMatch(/[<>\u2028]/);
    expect(JSON.parse(text.slice('window.demiurge = '.length, -2))).toEqual(document);
  });
});
