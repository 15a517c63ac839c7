import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type JournalRecord,
  type RunArchive,
  type SaidRecord,
  checkpointFile,
  journalLines,
  openRun,
} from '../../src/archive/index.js';
import { encodeWav } from '../../src/audio/index.js';
import { type ForkOptions, forkRun, readSetting, rebuildEnvelope } from '../../src/replay/index.js';
import { loadScenario } from '../../src/scenarios/index.js';
import { runSwarm } from '../../src/swarm/index.js';
import { makeRoom } from './entered.js';

const GARDEN = `title: The garden of forking paths
seed: 4
duration: 15s
sampleRate: 8000
limits: { laps: 6, inbox: 8 }
agents:
  past:  { kind: corpus, folder: tapes, every: 3s, seconds: 0.3, order: shuffle }
  fork:  { kind: mixer }
  plain: { kind: guard }
  thin:  { kind: guard, dcHz: 200 }
  out:   { kind: recorder }
topology:
  forking-paths:
    fork: fork
    paths: [[plain], [thin]]
    delay: 700ms
    gain: 0.6
    probability: 0.5
links:
  - past.audio -> fork.audio
  - fork.audio -> out.audio
`;

/** A project of one scenario and one short recording. */
function garden(): string {
  const folder = room.folder();
  mkdirSync(join(folder, 'tapes'), { recursive: true });
  const samples = Float32Array.from({ length: 8000 }, (_, n) => 0.4 * Math.sin(n * n * 1e-4));
  writeFileSync(
    join(folder, 'tapes', 'one.wav'),
    encodeWav({ sampleRate: 8000, channels: [samples] }),
  );
  writeFileSync(join(folder, 'garden.yaml'), GARDEN);
  return join(folder, 'garden.yaml');
}

const room = makeRoom();
let run: RunArchive;

beforeAll(async () => {
  const loaded = await loadScenario(garden());
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const outFolder = room.folder();
  await runSwarm(loaded.value, { outFolder, checkpoints: { everySeconds: 5 } });
  run = openRun(outFolder);
}, 60_000);
afterAll(() => room.leave(), 60_000);

const said = (records: Iterable<JournalRecord>): SaidRecord[] =>
  [...records].filter((record) => record.type === 'said');

/** The chain that a journal ends with: equal chains are equal histories. */
const chainOf = ({ folder }: RunArchive): string | undefined =>
  [...journalLines(join(folder, 'journal'))].at(-1)?.chain;

async function fork(options: Omit<ForkOptions, 'outFolder'>): Promise<RunArchive> {
  const outFolder = room.folder();
  await forkRun(run, { outFolder, ...options });
  return openRun(outFolder);
}

const blobsOf = ({ folder }: RunArchive): string[] =>
  readdirSync(join(folder, 'blobs'), { recursive: true })
    .filter((f) => String(f).includes('.'))
    .map(String);

describe('a fork', () => {
  it('that changes nothing goes on as the run did, and keeps nothing twice', async () => {
    const same = await fork({ atSeconds: 10 });
    expect([...same.ownRecords()].length).toBeGreaterThan(10);
    expect([...same.records()]).toEqual([...run.records()]);
    expect(blobsOf(same)).toEqual([]);
    expect(chainOf(same)).toBe(chainOf(run));
  });

  it('enters between two checkpoints to the sample, and the moment stays', async () => {
    const same = await fork({ atSeconds: 6.37 });
    expect(said(same.records())).toEqual(said(run.records()));
    const at = Math.round(6.37 * run.record.sampleRate);
    expect(
      existsSync(join(run.folder, 'checkpoints', `${String(at).padStart(15, '0')}.json.gz`)),
    ).toBe(true);
    const again = await fork({ atSeconds: 6.37 });
    expect(said(again.records())).toEqual(said(run.records()));
  });

  it('with another seed shares its past and no more', async () => {
    const other = await fork({ atSeconds: 5, seed: 99 });
    const at = 5 * run.record.sampleRate;
    const before = (archive: RunArchive): SaidRecord[] =>
      said(archive.records()).filter(({ time }) => time < at);
    expect(before(other)).toEqual(before(run));
    expect(said(other.records())).not.toEqual(said(run.records()));
    expect(other.record.seed).toBe(99);
  });

  it('of a fork begins in that one', async () => {
    const first = await fork({ atSeconds: 5, seed: 99 });
    const outFolder = room.folder();
    await forkRun(first, { outFolder, atSeconds: 10, seed: 99 });
    expect([...openRun(outFolder).records()]).toEqual([...first.records()]);
  });

  it('takes a change, to a measure as well', async () => {
    const settings = [await readSetting('agents.past.every=2s')];
    const faster = await fork({ atSeconds: 5, settings });
    const seconds = said(faster.ownRecords())
      .filter(({ from }) => from === 'past.audio')
      .map(({ time }) => time / run.record.sampleRate);
    expect(seconds).toEqual([6, 8, 10, 12, 14]);
  });

  it('takes another kind, which begins anew', async () => {
    const settings = [await readSetting('agents.thin={ kind: mixer, gain: 0.5 }')];
    const other = await fork({ atSeconds: 10, settings });
    expect(said(other.ownRecords()).some(({ from }) => from === 'thin.audio')).toBe(true);
  });

  it.each([
    ['agents.pats.every=4s', 'nothing at agents.pats'],
    ['agents.past.evry=4s', 'evry'],
    ['agents.more={ kind: mixer }', 'agent more was not there then'],
  ])('refuses %s', async (written, says) => {
    const settings = [await readSetting(written)];
    await expect(fork({ atSeconds: 10, settings })).rejects.toThrow(says);
  });

  it('refuses a damaged checkpoint, says what to try, and leaves no folder', async () => {
    const copy = room.folder();
    cpSync(run.folder, copy, { recursive: true });
    const at = 10 * run.record.sampleRate;
    writeFileSync(checkpointFile(copy, at), 'no checkpoint');
    const outFolder = room.folder();
    await expect(forkRun(openRun(copy), { atSeconds: 10, outFolder })).rejects.toThrow(
      /this checkpoint is damaged[^]*enter the run at another moment/,
    );
    expect(existsSync(outFolder)).toBe(false);
  });

  it('refuses a moment after the end', async () => {
    await expect(fork({ atSeconds: 40 })).rejects.toThrow('there is nothing to play after 40 s');
  });
});

describe('what was said, made again', () => {
  it('is byte-identical for every kind of agent, from a checkpoint and from nothing', async () => {
    const lasts = new Map(said(run.records()).map((record) => [record.from, record]));
    for (const record of lasts.values()) {
      expect((await rebuildEnvelope(run, record)).identical, record.id).toBe(true);
    }
    const [last] = [...lasts.values()].slice(-1);
    const rebuilt = await rebuildEnvelope(run, last as SaidRecord, { fromStart: true });
    expect(rebuilt).toMatchObject({ identical: true, hash: last?.hash });
  });

  it('is told from what was altered', async () => {
    const record = said(run.records()).at(-1) as SaidRecord;
    const altered = { ...record, hash: '0'.repeat(64) };
    expect((await rebuildEnvelope(run, altered)).identical).toBe(false);
  });
});
