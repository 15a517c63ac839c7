import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RunIndex, SaidRecord } from '../../../src/archive/index.js';
import {
  Journal,
  ancestryOf,
  openIndex,
  openRun,
  provJson,
  relativeOf,
} from '../../../src/archive/index.js';
import { SMALL, addRecords, sayings, withFolder, writeRun } from '../run-on-disk.js';

async function reading<T>(
  folder: string,
  look: (index: RunIndex) => T,
  options: { readonly anew?: boolean } = {},
): Promise<T> {
  const index = await openIndex(openRun(folder), options);
  try {
    return look(index);
  } finally {
    index.close();
  }
}

function everything(index: RunIndex): unknown {
  const said = Array.from({ length: index.family.size }, (_, n) => relativeOf(index, n));
  const records = said.map((_, n) => index.record(n));
  const drops = said.flatMap(({ id }) => index.drops(id));
  return { said, records, drops, controls: index.controls(), counts: index.counts() };
}

const chain = (count: number): readonly SaidRecord[] =>
  sayings(
    Array.from({ length: count }, (_, i) => {
      const of = i === 0 ? [] : [`loop.${i}`, ...(i > 3 ? [`~loop.${i - 3}`] : [])];
      return [`loop.${i + 1}`, { time: i * 10, of }] as const;
    }),
  );

describe('the index of a run', () => {
  it('holds what the journal says', () =>
    withFolder(async (folder) => {
      writeRun(folder, [
        ...SMALL,
        { type: 'dropped', id: 'grains.2', time: 1000, link: 'a.b -> c.d', reason: 'brim' },
        { type: 'control', time: 9, id: 1, control: { name: 'mute', agent: 'una', on: true } },
        { type: 'happened', time: 9, what: 'died', agent: 'una' },
        { type: 'checkpoint', time: 9, hash: 'c0ffee' },
      ]);
      await reading(folder, (index) => {
        expect(index.added).toBe(11);
        expect(index.counts()).toEqual({
          envelopes: 7,
          drops: 1,
          controls: 1,
          happenings: 1,
          checkpoints: 1,
          missing: 0,
        });
        expect(relativeOf(index, index.find('grains.3') as number)).toMatchObject({
          id: 'grains.3',
          time: 2000,
          lengthSamples: 1500,
          lap: 2,
          parents: [
            { id: 'una.3', lap: 2, missing: false },
            { id: 'grains.1', lap: 0, missing: false },
          ],
        });
        expect(relativeOf(index, 1)).toMatchObject({
          models: [{ run: 'una0ordi', hash: 'ab12' }],
          lengthSamples: 1000,
        });
        expect(index.origins(0)).toEqual([{ file: 'violin.flac', sample: 4000 }]);
        expect(SMALL.map((_, n) => index.record(n))).toEqual(SMALL);
      });
    }));

  it('grown step by step is the one that is made at once', () =>
    withFolder(async (folder) => {
      const records = chain(4400);
      writeRun(folder, []);
      for (const [from, until] of [
        [0, 1],
        [1, 4090],
        [4090, 4096],
        [4096, 4300],
        [4300, 4400],
      ] as const) {
        addRecords(folder, records.slice(from, until), from < 4096 ? '000001' : '000002');
        expect(await reading(folder, ({ added }) => added)).toBe(until - from);
      }
      const grown = await reading(folder, everything);
      expect(await reading(folder, ({ added }) => added)).toBe(0);
      expect(await reading(folder, everything, { anew: true })).toEqual(grown);
    }));

  it('is grown by two readers at once as by one', () =>
    withFolder(async (folder) => {
      writeRun(folder, chain(10));
      await reading(folder, () => {});
      addRecords(folder, chain(500).slice(10));
      const both = await Promise.all([reading(folder, everything), reading(folder, everything)]);
      expect(both[0]).toEqual(both[1]);
    }));

  it.each([
    ['no database', (file: string) => writeFileSync(file, 'not a database at all')],
    ['cut short', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 5000))],
    ['empty', (file: string) => writeFileSync(file, '')],
    ['of another version', (file: string) => patch(file, 60, Buffer.from([0, 0, 0, 99]))],
    ['overwritten inside', (file: string) => patch(file, 4096, Buffer.alloc(12_000, 0x5a))],
  ])('is made anew when its file is %s', (_, damage) =>
    withFolder(async (folder) => {
      writeRun(folder, chain(300));
      const sound = await reading(folder, everything);
      damage(join(folder, 'index.sqlite'));
      const again = await reading(folder, (index) => [index.added, everything(index)] as const);
      expect(again).toEqual([300, sound]);
      expect(readdirSync(folder).filter((name) => name.includes('draft'))).toEqual([]);
    }),
  );

  it('is made anew when the journal is another', () =>
    withFolder(async (folder) => {
      writeRun(folder, chain(300));
      await reading(folder, () => {});
      writeRun(folder, SMALL);
      expect(await reading(folder, ({ family }) => family.size)).toBe(7);
    }));

  it('reads chained lines, and passes over the headers of segments', () =>
    withFolder(async (folder) => {
      writeRun(folder, []);
      rmSync(join(folder, 'journal'), { recursive: true });
      const journal = new Journal(join(folder, 'journal'));
      for (const one of SMALL) journal.append(one);
      journal.close();
      await reading(folder, (index) => {
        expect(SMALL.map((_, n) => index.record(n))).toEqual(SMALL);
      });
    }));

  it('reads segments that were compressed, before it saw them or since', () =>
    withFolder(async (folder) => {
      const records = chain(60);
      writeRun(folder, records.slice(0, 20));
      compress(folder, '000001');
      addRecords(folder, records.slice(20, 40), '000002');
      const before = await reading(folder, everything);
      expect(before).toMatchObject({ counts: { envelopes: 40 } });
      compress(folder, '000002');
      expect(await reading(folder, everything)).toEqual(before);
      addRecords(folder, records.slice(40), '000003');
      await reading(folder, (index) => {
        expect([index.added, index.record(30)]).toEqual([20, records[30]]);
      });
    }));

  it('waits for the rest of a line that is being written', () =>
    withFolder(async (folder) => {
      writeRun(folder, SMALL.slice(0, 2));
      const file = join(folder, 'journal', '000001.jsonl');
      const line = `${JSON.stringify(SMALL[2])}\n`;
      appendFileSync(file, line.slice(0, 40));
      expect(await reading(folder, ({ family }) => family.size)).toBe(2);
      appendFileSync(file, line.slice(40));
      expect(await reading(folder, everything)).toMatchObject({ counts: { envelopes: 3 } });
    }));

  it('refuses a journal with a damaged line, and leaves nothing half made', () =>
    withFolder(async (folder) => {
      writeRun(folder, SMALL);
      addRecords(folder, ['{' as never]);
      appendFileSync(join(folder, 'journal', '000001.jsonl'), '{"type":\n{}\n');
      await expect(openIndex(openRun(folder))).rejects.toThrow(
        /000001\.jsonl:\d+: this line of the journal is damaged/,
      );
      expect(readdirSync(folder).filter((name) => name.startsWith('index'))).toEqual([]);
    }));

  it('refuses a journal that says an id twice', () =>
    withFolder(async (folder) => {
      writeRun(folder, [...SMALL, SMALL[0] as SaidRecord]);
      await expect(openIndex(openRun(folder))).rejects.toThrow('says past.1 twice');
    }));

  it('is held in memory where it cannot be kept, and says why', () =>
    withFolder(async (folder) => {
      writeRun(folder, SMALL);
      mkdirSync(join(folder, 'index.sqlite', 'in-the-way'), { recursive: true });
      await reading(folder, (index) => {
        expect(index.unkept).toMatch(/index\.sqlite|directory/i);
        expect(index.family.size).toBe(7);
      });
    }));

  it('of a fork begins with the past of the run it came from', () =>
    withFolder(async (folder) => {
      writeRun(join(folder, 'base'), SMALL);
      const own = sayings([['grains.3', { time: 2000, of: ['grains.2'] }]]);
      const origin = { how: 'fork', run: 'madeup00', folder: '../base', at: 2000 } as const;
      writeRun(join(folder, 'fork'), own, { run: 'forked00', seed: 8, origin });
      await reading(join(folder, 'fork'), (index) => {
        const ids = Array.from({ length: index.family.size }, (_, n) => index.id(n));
        expect(ids).toEqual(['past.1', 'una.1', 'grains.1', 'una.2', 'grains.2', 'grains.3']);
        expect(index.record(5)).toEqual(own[0]);
        expect(index.record(4)).toEqual(SMALL[4]);
        const kinship = ancestryOf(index, [5]);
        expect([...kinship.members]).toEqual([0, 1, 2, 3, 4, 5]);
        expect(kinship.seeds).toEqual([
          { seed: 7, from: 0 },
          { seed: 8, from: 2000 },
        ]);
        expect(Object.values(provJson(index, kinship).wasDerivedFrom)).toContainEqual({
          'prov:generatedEntity': 'run:forked00',
          'prov:usedEntity': 'run:madeup00',
          'demiurge:how': 'fork',
          'demiurge:time': 2000,
        });
      });
      addRecords(join(folder, 'fork'), sayings([['una.3', { time: 3000, of: ['grains.3'] }]]));
      expect(await reading(join(folder, 'fork'), ({ added }) => added)).toBe(1);
    }));
});

function compress(folder: string, segment: string): void {
  const file = join(folder, 'journal', `${segment}.jsonl`);
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
  rmSync(file);
}

function patch(file: string, at: number, bytes: Buffer): void {
  const content = readFileSync(file);
  bytes.copy(content, at, 0, Math.min(bytes.length, content.length - at));
  writeFileSync(file, content);
}
