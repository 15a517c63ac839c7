import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type JournalRecord,
  type RunArchive,
  journalLines,
  openRun,
  verifyRun,
} from '../../src/archive/index.js';
import { latestRun, resumption } from '../../src/replay/index.js';
import { type RunOptions, runSwarm } from '../../src/swarm/index.js';
import { smallProject } from './small-project.js';

const project = smallProject();
let whole: RunArchive;

beforeAll(async () => {
  whole = await project.run('whole', { run: 'wholerun', checkpoints: { everySeconds: 3 } });
}, 60_000);
afterAll(() => project.remove());

/** A run as a power cut leaves it: its journal ends in the midst of a line at a time. */
function cutOff(run: RunArchive, name: string, seconds: number): string {
  const folder = join(project.home, name);
  cpSync(run.folder, folder, { recursive: true });
  rmSync(join(folder, 'summary.json'), { force: true });
  const journal = join(folder, 'journal');
  const file = join(journal, readdirSync(journal).sort().at(-1) as string);
  const after = [...journalLines(journal)].find(({ record }) => record.time > seconds * 8000);
  const lines = readFileSync(file, 'utf8').split('\n');
  const kept = lines.slice(
    0,
    lines.findIndex((line) => line.includes(after?.chain as string)),
  );
  writeFileSync(file, `${kept.join('\n')}\n${lines[kept.length]?.slice(0, 20)}`);
  return folder;
}

/** Goes on with a run in a folder of its own. */
async function goOn(folder: string, name: string, more: Partial<RunOptions> = {}) {
  const outFolder = join(project.home, name);
  const going = await resumption(folder, { outFolder });
  const { durationSeconds } = going.run.record;
  const duration = durationSeconds === undefined ? {} : { durationSeconds };
  await runSwarm(going.scenario, { ...going.options, ...duration, outFolder, ...more });
  going.close();
  return { going, run: openRun(outFolder) };
}

const every3 = { checkpoints: { everySeconds: 3 } } as const;
const textOf = (records: Iterable<JournalRecord>): string[] =>
  [...records].map((record) => JSON.stringify(record));
const chainOf = ({ folder }: RunArchive): string | undefined =>
  [...journalLines(join(folder, 'journal'))].at(-1)?.chain;

describe('a run that was cut off', () => {
  it('goes on from its latest checkpoint, and past and future are one history', async () => {
    const cut = cutOff(whole, 'cut', 7.5);
    const { going, run } = await goOn(cut, 'on', { run: 'onrun000', ...every3 });
    expect(going).toMatchObject({ atSeconds: 6 });
    expect(going.recovery.tornBytes).toBeGreaterThan(0);
    expect(going.cutSeconds).toBeGreaterThan(6);
    expect(going.cutSeconds).toBeLessThanOrEqual(7.5);
    expect(run.record.origin).toEqual({
      how: 'resume',
      run: 'wholerun',
      folder: '../cut',
      at: 48e3,
    });
    expect(textOf(run.records())).toEqual(textOf(whole.records()));
    expect(chainOf(run)).toBe(chainOf(whole));
    expect(await verifyRun(run.folder, { blobs: 'all' })).toEqual([]);
  });

  it('begins anew where it kept no checkpoint', async () => {
    const { going, run } = await goOn(cutOff(whole, 'early', 2), 'anew', every3);
    expect(going.atSeconds).toBe(0);
    expect(textOf(run.records())).toEqual(textOf(whole.records()));
  });

  it('leaves out a run between that kept no checkpoint, so that history stays short', async () => {
    const second = await goOn(cutOff(whole, 'first', 7.5), 'second', {
      run: 'secondrn',
      ...every3,
    });
    const { run } = await goOn(cutOff(second.run, 'second-cut', 8), 'third', every3);
    expect(run.record.origin).toMatchObject({ run: 'wholerun', folder: '../first' });
    expect(run.record.origin?.after).toBe('secondrn');
    expect(textOf(run.records())).toEqual(textOf(whole.records()));
    expect(await verifyRun(run.folder, { blobs: 'all' })).toEqual([]);
    const fourth = await goOn(cutOff(run, 'third-cut', 10), 'fourth', every3);
    expect(fourth.going.atSeconds).toBe(9);
    expect(chainOf(fourth.run)).toBe(chainOf(whole));
  });

  it('is played with an end only if it had one', async () => {
    const endless = join(project.home, 'endless');
    cpSync(cutOff(whole, 'to-end', 4), endless, { recursive: true });
    const { durationSeconds: _, ...record } = whole.record;
    writeFileSync(join(endless, 'run.json'), JSON.stringify(record));
    const going = await resumption(endless, { outFolder: join(project.home, 'never') });
    expect(going.scenario.durationSeconds).toBeUndefined();
    going.close();
  });
});

describe('going on is refused', () => {
  it('with a run that came to its end', async () => {
    const outFolder = join(project.home, 'over');
    await expect(resumption(whole.folder, { outFolder })).rejects.toThrow('came to its end');
  });
});

describe('the latest run of a scenario', () => {
  const runs = join(project.home, 'runs');
  const put = (run: string, more: object): void => {
    cpSync(whole.folder, join(runs, run), { recursive: true });
    const record = { ...whole.record, run, ...more };
    writeFileSync(join(runs, run, 'run.json'), JSON.stringify(record));
  };
  const resumed = (run: string, after?: string): object => ({
    origin: { how: 'resume', run, folder: `../${run}`, at: 0, ...(after ? { after } : {}) },
  });
  const latest = (): string | undefined => latestRun(runs, project.scenario)?.record.run;

  it('is the one that began last, and none where there is none', () => {
    expect(latest()).toBeUndefined();
    put('runone00', { startedAt: '2026-03-01T10:00:00.000Z' });
    put('runtwo00', { startedAt: '2026-03-02T10:00:00.000Z' });
    expect(latest()).toBe('runtwo00');
  });

  it('is the one that went on, even if the clock of the wall was wrong then', () => {
    put('runthree', { startedAt: '1970-01-01T00:00:10.000Z', ...resumed('runtwo00') });
    put('runfour0', { startedAt: '1970-01-01T00:00:09.000Z', ...resumed('runtwo00', 'runthree') });
    rmSync(join(runs, 'runone00'), { recursive: true });
    expect(latestRun(runs, project.scenario)).toMatchObject({ vain: 1 });
    expect(latest()).toBe('runfour0');
  });

  it('is no fork, no replay, no part of a swarm, and no folder with a broken run.json', () => {
    const origin = (how: string): object => ({ how, run: 'runfour0', folder: '../x', at: 8000 });
    const startedAt = '2026-03-05T10:00:00.000Z';
    put('fork0000', { startedAt, origin: origin('fork') });
    put('replay00', { startedAt, origin: origin('replay') });
    put('part0000', { startedAt, only: ['past'] });
    put('broken00', {});
    writeFileSync(join(runs, 'broken00', 'run.json'), '');
    expect(latest()).toBe('runfour0');
  });

  it('is none when the scenario or what it is made of has changed since', () => {
    const text = readFileSync(project.scenario, 'utf8');
    project.write('small.yaml', text.replace('2s', '3s'));
    expect(latest()).toBeUndefined();
    project.write('small.yaml', text);
    expect(latest()).toBe('runfour0');
  });
});
