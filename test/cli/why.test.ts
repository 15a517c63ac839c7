import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Blobs, DISK, hashOf, noteShelved } from '../../src/archive/index.js';
import { readWav } from '../../src/audio/index.js';
import { SMALL, SMALL_RUN, sayings, withFolder, writeRun } from '../archive/run-on-disk.js';
import { spoken } from './spoken.js';

const CONTROLS = [
  { type: 'control', time: 500, id: 1, control: { name: 'gain', link: 0, gain: 0.5 } },
  { type: 'control', time: 600, id: 2, control: { name: 'mute', agent: 'out', on: true } },
] as const;

describe('demiurge why', () => {
  it('shows what a sound descends from as a tree', () =>
    withFolder(async (folder) => {
      writeRun(folder, [...SMALL, ...CONTROLS], SMALL_RUN);
      const { code, out, err } = await spoken('why', folder, '2.5');
      expect([code, err]).toEqual([0, '']);
      await expect(out).toMatchFileSnapshot('why-tree.txt');
    }));

  it('names what was never said', () =>
    withFolder(async (folder) => {
      writeRun(folder, sayings([['grains.1', { of: ['ghost.1'] }]]));
      const { out } = await spoken('why', folder, 'grains.1');
      expect(out).toContain('ghost.1  never said');
      expect(out).toContain('1 of them never said here: ghost.1');
    }));

  it('unfolds as far as it is told, and says what is left', () =>
    withFolder(async (folder) => {
      writeRun(folder, SMALL, SMALL_RUN);
      const { out } = await spoken('why', folder, 'grains.3', '--depth', '1');
      expect(out).toContain('… and 4 more');
      const all = await spoken('why', folder, 'grains.3', '--all');
      expect(all.out).not.toContain('more');
    }));

  it.each([
    ['2.5', 'grains.3'],
    ['2500ms', 'grains.3'],
    ['0:01.2', 'grains.2'],
    ['0:00:01.2', 'grains.2'],
    ['2026-01-02T03:04:06.200Z', 'grains.2'],
  ])('understands %s', (written, id) =>
    withFolder(async (folder) => {
      writeRun(folder, SMALL, { ...SMALL_RUN, clock: 'real' });
      const { code, out } = await spoken('why', folder, written, '--json');
      expect(code).toBe(0);
      expect(JSON.parse(out)).toHaveProperty(['entity', `env:${id}`]);
      expect(JSON.parse(out)).not.toHaveProperty(['entity', 'env:grains.4']);
    }),
  );

  it.each([
    ['0.7', /^0:00\.70: nothing sounded then .* the last was said at 0:02\.00/],
    ['grains.9', /^grains\.9: grains said 3 envelopes, not this one/],
    ['whenever', /^whenever: nobody said this \(expected an envelope/],
    ['2026-01-02T03:04:06Z', /computed faster than it sounds: it has no wall time/],
  ])('refuses %s and says what would be right', (written, says) =>
    withFolder(async (folder) => {
      writeRun(folder, SMALL, SMALL_RUN);
      const { code, out, err } = await spoken('why', folder, written);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(says);
    }),
  );

  it('refuses what is no run', async () => {
    const { code, err } = await spoken('why', '/nowhere/at/all', '3');
    expect(code).toBe(2);
    expect(err).toContain('there is no such run');
  });

  it('draws, and writes every sound so that names sort as they were said', () =>
    withFolder(async (folder) => {
      const sound = (value: number): Uint8Array =>
        new Uint8Array(new Float32Array(500).fill(value).buffer);
      const said = sayings([
        ['b.1', { time: 0, hash: hashOf(sound(0.25)) }],
        ['a.1', { time: 11_000, of: ['b.1'], hash: hashOf(sound(0.5)) }],
        ['a.2', { time: 100_000, of: ['a.1'], hash: 'f'.repeat(64) }],
      ]);
      writeRun(folder, said);
      const blobs = new Blobs(join(folder, 'blobs'), 1e9);
      for (const value of [0.25, 0.5]) blobs.put(hashOf(sound(value)), sound(value));
      await blobs.close();
      const [svg, play] = [join(folder, 'why.svg'), join(folder, 'play')];
      const { code, err } = await spoken('why', folder, 'a.2', '--svg', svg, '--play', play);
      expect([code, err]).toEqual([
        0,
        `drawn: ${svg}\n2 files and index.txt in ${play}; the archive no longer holds 1\n`,
      ]);
      expect(readFileSync(svg, 'utf8')).toContain('Made up: ancestors of a.2');
      const names = readdirSync(play).toSorted();
      expect(names).toEqual([
        '000h00m00.000s-00001-b.1-lap0.wav',
        '000h00m11.000s-00002-a.1-lap0.wav',
        'index.txt',
      ]);
      const { channels } = readWav(join(play, names[1] as string));
      expect(channels[0]).toEqual(new Float32Array(500).fill(0.5));
      expect(readFileSync(join(play, 'index.txt'), 'utf8')).toMatch(/\(no blob ffffffffffff…\)/);
    }));
});

describe('demiurge descendants', () => {
  it('shows what came of an envelope', () =>
    withFolder(async (folder) => {
      writeRun(folder, SMALL, SMALL_RUN);
      const { code, out } = await spoken('descendants', folder, 'grains.2');
      expect(code).toBe(0);
      await expect(out).toMatchFileSnapshot('descendants-tree.txt');
    }));
});

describe('demiurge archive', () => {
  it('lists runs, the newest first, finished or torn', () =>
    withFolder(async (folder) => {
      const younger = '2026-02-02T00:00:00.000Z';
      writeRun(join(folder, 'a'), SMALL, { ...SMALL_RUN, run: 'aaaaaaaa' });
      writeRun(join(folder, 'b'), SMALL, { run: 'bbbbbbbb', startedAt: younger, exact: false });
      const agents = [{ emitted: 7 }];
      const summary = { logicalSeconds: 62, laps: { max: 2 }, agents };
      writeFileSync(join(folder, 'b', 'summary.json'), JSON.stringify(summary));
      writeRun(join(folder, 'c'), ['{' as never, SMALL[0] as never], { run: 'cccccccc' });
      writeFileSync(join(folder, 'c', 'journal', '000001.jsonl'), '{\n{}\n');
      const { code, out, err } = await spoken('archive', 'ls', folder);
      expect(code).toBe(0);
      const [heading, first, ...rest] = out.trim().split('\n');
      expect(heading).toMatch(/^run +title +begun +length +laps +envelopes +size +exact +state$/);
      expect(first).toMatch(/^bbbbbbbb +Made up +2026-02-02 00:00 +1:02 +2 +7 .* no +finished$/);
      expect(rest.toSorted().map((line) => line.replace(/^(\w+).* (\w+)$/, '$1 $2'))).toEqual([
        'aaaaaaaa torn',
        'cccccccc damaged',
      ]);
      expect(err).toMatch(/^cccccccc: .*this line of the journal is damaged/);
    }));

  it('says that there is nothing yet, or no such folder', () =>
    withFolder(async (folder) => {
      const { code, err } = await spoken('archive', 'ls', folder);
      expect([code, err]).toEqual([0, expect.stringContaining('no runs yet')]);
      const none = await spoken('archive', 'ls', join(folder, 'none'));
      expect([none.code, none.err]).toEqual([2, expect.stringContaining('no such folder')]);
    }));

  it('shows one run', () =>
    withFolder(async (folder) => {
      writeRun(folder, [...SMALL, ...CONTROLS], SMALL_RUN);
      const shelved = {
        id: 'una.1',
        agent: 'ear',
        port: 'audio',
        time: 0,
        why: 'ear died',
        hash: '',
      };
      noteShelved(folder, shelved, 0, DISK);
      const { code, out } = await spoken('archive', 'show', folder);
      expect(code).toBe(0);
      expect(out).toContain('7 envelopes, laps up to 2');
      expect(out).toMatch(/shelved +una\.1 at ear\.audio: ear died/);
      expect(out).toContain('100% of 4 sounds are closed');
      expect(out).toContain('grains.audio ~> una.audio');
      const { out: json } = await spoken('archive', 'show', folder, '--json');
      expect(JSON.parse(json)).toMatchObject({
        card: { state: 'torn', laps: 2 },
        ancestry: { sounds: 4, closed: 4, share: 1 },
        journal: { envelopes: 7, controls: 2 },
        shelf: [shelved],
      });
    }));

  it('indexes one anew', () =>
    withFolder(async (folder) => {
      writeRun(folder, SMALL, SMALL_RUN);
      const { code, out } = await spoken('archive', 'rebuild', folder);
      expect([code, out]).toEqual([0, expect.stringMatching(/^7 records, 7 envelopes in /)]);
      expect(readdirSync(folder)).toContain('index.sqlite');
    }));
});
