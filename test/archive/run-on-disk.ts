import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalRecord, RunRecord, SaidRecord } from '../../src/archive/index.js';

/** Lends an empty folder and takes it back. */
export async function withFolder<T>(work: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'demiurge-archive-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What an envelope is made from: its id, and whatever is not as usual. */
export interface Saying extends Partial<Omit<SaidRecord, 'type' | 'id' | 'parents' | 'from'>> {
  readonly port?: string;
  /** Ids, heard at their own lap; `~id` is heard one lap later. */
  readonly of?: readonly string[];
}

/** The record of half a second of sound, unless told otherwise; laps follow from the parents. */
export function sayings(list: readonly (readonly [string, Saying])[]): readonly SaidRecord[] {
  const laps = new Map<string, number>();
  return list.map(([id, { port = 'audio', of = [], ...more }]) => {
    const parents = of.map((name) => {
      const parent = name.replace('~', '');
      return [parent, (laps.get(parent) ?? 0) + (name.startsWith('~') ? 1 : 0)] as const;
    });
    const lap = Math.max(0, ...parents.map(([, heard]) => heard));
    laps.set(id, lap);
    const dot = id.lastIndexOf('.');
    return {
      type: 'said',
      id,
      time: 0,
      lap,
      parents,
      from: `${id.slice(0, dot)}.${port}`,
      sequence: Number(id.slice(dot + 1)),
      carries: 'audio',
      form: { sampleRate: 1000, channels: 1, samples: 500 },
      hash: id.padEnd(64, '0'),
      ...more,
    };
  });
}

/** Writes the folder of a run that never played. */
export function writeRun(
  folder: string,
  records: readonly JournalRecord[],
  more: Partial<RunRecord> = {},
): string {
  mkdirSync(join(folder, 'journal'), { recursive: true });
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...RUN, ...more }));
  writeFileSync(join(folder, 'scenario.yaml'), 'title: Made up\n');
  writeFileSync(join(folder, 'journal', '000001.jsonl'), '');
  addRecords(folder, records);
  return folder;
}

/** Adds lines to a run's journal. */
export function addRecords(
  folder: string,
  records: readonly JournalRecord[],
  segment = '000001',
): void {
  const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  appendFileSync(join(folder, 'journal', `${segment}.jsonl`), lines);
}

const RUN: RunRecord = {
  run: 'madeup00',
  title: 'Made up',
  seed: 7,
  clock: 'virtual',
  bus: 'embedded',
  startedAt: '2026-01-02T03:04:05.000Z',
  sampleRate: 1000,
  limits: {} as RunRecord['limits'],
  scenario: { file: 'scenario.yaml', hash: 'f00d' },
  models: [],
  versions: { demiurge: '0.1.0' },
  exact: true,
};

/** Seven envelopes in which a generator and a sampler feed each other, twice round. */
export const SMALL: readonly SaidRecord[] = sayings([
  ['past.1', { time: 0, origins: [['violin.flac', 4000]], form: form(2000) }],
  ['una.1', { time: 0, port: 'mel', carries: 'mel', form: MEL(), models: [['una0ordi', 'ab12']] }],
  ['grains.1', { time: 0, of: ['past.1', 'una.1'] }],
  ['una.2', { time: 1000, of: ['~grains.1'], port: 'mel', carries: 'mel', form: MEL() }],
  ['grains.2', { time: 1000, of: ['una.2', 'past.1'] }],
  ['una.3', { time: 2000, of: ['~grains.2'], port: 'mel', carries: 'mel', form: MEL() }],
  ['grains.3', { time: 2000, of: ['una.3', 'grains.1'], form: form(1500) }],
]);

/** What `run.json` says of the agents and links of SMALL. */
export const SMALL_RUN: Partial<RunRecord> = {
  agents: [
    { id: 'past', kind: 'corpus' },
    { id: 'una', kind: 'generator' },
    { id: 'grains', kind: 'sampler' },
    { id: 'out', kind: 'recorder' },
  ],
  corpus: [{ path: '../corpus/violin.flac', bytes: 9, hash: 'beefcafe' }],
  links: [
    link('past.audio', 'grains.corpus'),
    link('una.mel', 'grains.corpus'),
    { ...link('grains.audio', 'una.audio'), way: 'returns', delaySamples: 1000 },
    link('grains.audio', 'out.audio'),
  ],
};

/** A feeding link as `run.json` has it. */
export function link(from: string, to: string): NonNullable<RunRecord['links']>[number] {
  return { from, to, way: 'feeds', delaySamples: 0, gain: 1 };
}

function form(samples: number): object {
  return { sampleRate: 1000, channels: 1, samples };
}

function MEL(): object {
  return { rows: 80, columns: 4, hopLength: 250, sampleRate: 1000 };
}
