import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Blobs, Journal, type SaidRecord, hashOf } from '../../src/archive/index.js';

/** Lends an empty folder and takes it back. */
export async function withFolder<T>(work: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'demiurge-archive-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Something said by `a`, the `count`-th time, at that time; its parents are of lap 0. */
export function said(count: number, rest: Partial<SaidRecord> = {}): SaidRecord {
  return {
    type: 'said',
    id: `a.${count}`,
    time: count,
    lap: 0,
    parents: [],
    from: 'a.out',
    sequence: count,
    carries: 'control',
    form: { name: 'naïve — n', value: count / 3 },
    ...rest,
  };
}

/** A run of an agent that hears itself: a said record and a blob each time, and a summary. */
export async function writeRun(folder: string, count: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const record = { format: 2, run: 'test', title: 'test', seed: 1, sampleRate: 1000 };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
  const journal = new Journal(join(folder, 'journal'));
  const blobs = new Blobs(join(folder, 'blobs'), 1e9);
  for (let i = 1; i <= count; i++) {
    const bytes = new Uint8Array(new Float32Array([i, i / 2]).buffer);
    const parents = i === 1 ? [] : ([[`a.${i - 1}`, i - 1]] as const);
    const hash = hashOf(bytes);
    journal.append(said(i, { hash, parents, lap: i - 1 }), blobs.put(hash, bytes));
  }
  await blobs.close();
  journal.close();
  writeFileSync(join(folder, 'summary.json'), JSON.stringify({ journal: journal.sum() }));
}
