import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Summary } from '../../src/swarm/index.js';
import { demiurge, startDemiurge, written } from './launched.js';
import { withFolder, writeMini } from './spoken.js';

const inFolder = (work: (folder: string, scenario: string) => Promise<void>): Promise<void> =>
  withFolder((folder) => work(folder, writeMini(folder)));

describe('demiurge run', () => {
  it('prints nothing but the summary with --json, and leaves a whole run folder', () =>
    inFolder(async (folder, scenario) => {
      const out = join(folder, 'run');
      const args = ['run', scenario, '--out', out, '--run', 'abcd1234', '--json'];
      const ended = await demiurge([...args, '--clock', 'virtual']);
      expect(ended).toMatchObject({ code: 0, err: '' });
      const summary = JSON.parse(ended.out) as Summary;
      expect(summary).toMatchObject({ run: 'abcd1234', seed: 7, reason: 'finished' });
      expect(summary.audio).toEqual([expect.objectContaining({ file: 'audio/out.wav' })]);
      expect(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'))).toEqual(summary);
      for (const name of ['scenario.yaml', 'run.json', 'journal', 'blobs', 'audio/out.wav']) {
        expect(existsSync(join(out, name)), name).toBe(true);
      }
    }));

  it('obeys --seed and --duration, and repeats itself to the byte', () =>
    inFolder(async (folder, scenario) => {
      const play = async (name: string, seed: string): Promise<Summary> => {
        const options = ['--duration', '2s', '--clock', 'virtual', '--json', '--seed', seed];
        const { out } = await demiurge(['run', scenario, '--out', join(folder, name), ...options]);
        return JSON.parse(out) as Summary;
      };
      const [one, two, other] = [
        await play('one', '3'),
        await play('two', '3'),
        await play('other', '4'),
      ];
      expect([one.seed, one.logicalSeconds]).toEqual([3, 2]);
      expect(two.journal).toEqual(one.journal);
      expect(other.journal.digest).not.toBe(one.journal.digest);
      const wav = (name: string): Buffer => readFileSync(join(folder, name, 'audio', 'out.wav'));
      expect(wav('two').equals(wav('one'))).toBe(true);
    }));

  it('tells plain lines where there is no terminal, then the account', () =>
    inFolder(async (folder, scenario) => {
      const out = join(folder, 'run');
      const ended = await demiurge(['run', scenario, '--out', out, '--clock', 'virtual']);
      expect(ended.code).toBe(0);
      expect(ended.out).toMatch(
        /^Mini · run \w{8} · virtual clock · seed 7\n.*first audio, from past/,
      );
      expect(ended.out).toMatch(/finished: 3\.0 s of music in/);
      expect(ended.out).toContain(join(out, 'audio', 'out.wav'));
      expect(ended.out).not.toContain('\u001b');
    }));

  it('drains when it is interrupted, and keeps what it has', () =>
    inFolder(async (folder, scenario) => {
      const out = join(folder, 'run');
      const args = ['run', scenario, '--out', out, '--clock', 'real', '--duration', '10min'];
      const running = startDemiurge(args);
      await written(running, 'first audio');
      running.child.kill('SIGINT');
      const ended = await running.ended;
      expect(ended.code).toBe(0);
      expect(ended.out).toContain('draining');
      expect(ended.out).toContain('stopped when asked');
      const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary;
      expect(summary.reason).toBe('asked');
      expect(summary.audio[0]?.seconds).toBeGreaterThan(0);
    }));

  it('refuses a folder that holds something, and touches nothing in it', () =>
    inFolder(async (folder, scenario) => {
      const ended = await demiurge(['run', scenario, '--out', folder]);
      expect(ended.code).toBe(2);
      expect(ended.err).toContain('not empty');
      expect(existsSync(join(folder, 'run.json'))).toBe(false);
    }));

  it('starts nothing for a scenario with problems', () =>
    inFolder(async (folder) => {
      const scenario = writeMini(folder, '  - out.audio -> past.audio');
      const out = join(folder, 'run');
      const ended = await demiurge(['run', scenario, '--out', out]);
      expect(ended.code).toBe(2);
      expect(ended.err).toMatch(/mini\.yaml:11:\d+ /);
      expect(existsSync(out)).toBe(false);
    }));
});
