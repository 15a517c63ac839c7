import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/index.js';
import { ROOT } from '../house/source.js';

/** What a command line answered. */
export interface Spoken {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process and catches what it writes. */
export async function spoken(...args: readonly string[]): Promise<Spoken> {
  const out: string[] = [];
  const err: string[] = [];
  const [stdout, stderr] = [process.stdout.write, process.stderr.write];
  process.stdout.write = ((text: string) => out.push(text) > 0) as typeof stdout;
  process.stderr.write = ((text: string) => err.push(text) > 0) as typeof stderr;
  try {
    const code = await main(args);
    return { code, out: out.join(''), err: err.join('') };
  } finally {
    process.stdout.write = stdout;
    process.stderr.write = stderr;
  }
}

/** Lends an empty folder and takes it back. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'demiurge-cli-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A short recording among the fixtures. */
export const RECORDING: string = join(ROOT, 'test/fixtures/descriptors/violin-0.wav');

/** A scenario of three light agents, written to a folder with a corpus of one sound beside it. */
export function writeMini(folder: string, ...more: readonly string[]): string {
  mkdirSync(join(folder, 'corpus'), { recursive: true });
  copyFileSync(RECORDING, join(folder, 'corpus', 'a.wav'));
  const file = join(folder, 'mini.yaml');
  writeFileSync(file, [...MINI, ...more, ''].join('\n'));
  return file;
}

const MINI = [
  'title: Mini',
  'seed: 7',
  'duration: 3s',
  'agents:',
  '  past: { kind: corpus, folder: corpus, every: 1s, seconds: 0.5 }',
  '  ear: { kind: descriptor }',
  '  out: { kind: recorder }',
  'links:',
  '  - past.audio -> ear.audio',
  '  - past.audio -> out.audio',
];
