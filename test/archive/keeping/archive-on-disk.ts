import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll } from 'vitest';
import {
  ARCHIVE_POLICY_DEFAULT,
  type ArchivePolicy,
  type Deeds,
  type GcAccount,
  type GcOptions,
  type SaidRecord,
  blobFile,
  gc,
  hashOf,
} from '../../../src/archive/index.js';
import { LIMITS_DEFAULT } from '../../../src/core/index.js';

/** Samples a second of all runs here. */
export const RATE = 10;

/** When everything is tidied: wall time. */
export const NOW = Date.parse('2030-01-01T00:00:00Z');

/** An envelope, written short: its time and parents by number, what it carries, what it says. */
export interface Saying {
  readonly seconds: number;
  readonly parents: readonly string[];
  readonly carries: 'audio' | 'mel' | 'control';
  /** The same number, the same blob. */
  readonly content: number;
  readonly id: string;
}

/** A run as a test writes it. */
export interface WrittenRun {
  readonly name: string;
  readonly sayings: readonly Saying[];
  readonly policy?: Partial<ArchivePolicy>;
  /** How long ago its last record was written; undefined while it plays. */
  readonly endedSecondsAgo?: number;
  /** The run it entered, and when. */
  readonly fork?: { readonly base: string; readonly atSeconds: number };
  /** Hashes that lie elsewhere. */
  readonly without?: ReadonlySet<string>;
}

const SOUND_RATE = 1000;
const LENGTH = 2 * SOUND_RATE;
const made = new Map<number, { readonly bytes: Uint8Array; readonly hash: string }>();

/** What stands behind a content, as mel or as two seconds of sound; 24 bits do not hold it. */
export function blobOf(content: number): { readonly bytes: Uint8Array; readonly hash: string } {
  const known = made.get(content);
  if (known !== undefined) return known;
  const numbers = Float32Array.from({ length: LENGTH }, (_, i) => Math.sin(content + i * 1.7) / 3);
  const bytes = new Uint8Array(numbers.buffer);
  const blob = { bytes, hash: hashOf(bytes) };
  made.set(content, blob);
  return blob;
}

/** The hash of a content. */
export function hashOfContent(content: number): string {
  return blobOf(content).hash;
}

/** An envelope as its journal keeps it. */
export function recordOf({ id, seconds, parents, carries, content }: Saying): SaidRecord {
  const form =
    carries === 'audio'
      ? { sampleRate: SOUND_RATE, channels: 1, samples: LENGTH }
      : { rows: 1, columns: LENGTH };
  return {
    type: 'said',
    id,
    time: seconds * RATE,
    lap: 0,
    parents: parents.map((parent) => [parent, 0] as const),
    from: `${id.split('.')[0]}.out`,
    sequence: 1,
    carries,
    form: carries === 'control' ? { name: 'gain', value: 1 } : form,
    ...(carries === 'control' ? {} : { hash: hashOfContent(content) }),
  };
}

/** A disk that forgets nothing and is in no hurry. */
export const QUICK: Deeds = {
  append: (file, text) => appendFileSync(file, text),
  writeWhole(file, bytes) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.draft`, bytes);
    renameSync(`${file}.draft`, file);
  },
  move(from, to) {
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  },
  remove: (path) => rmSync(path, { recursive: true, force: true }),
};

const homes: string[] = [];
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

/** A folder that goes when the tests of a file are over. */
export function freshArchive(): string {
  const home = mkdtempSync(join(tmpdir(), 'demiurge-keeping-'));
  homes.push(home);
  return home;
}

/** Writes a run's folder and returns it. */
export function writeRun(archive: string, run: WrittenRun): string {
  const folder = join(archive, run.name);
  mkdirSync(join(folder, 'journal'), { recursive: true });
  const records = run.sayings.map(recordOf);
  const lines = records.map((record) => `${JSON.stringify(record)}\n`);
  writeFileSync(join(folder, 'journal', '000001.jsonl'), lines.join(''));
  for (const { content, carries } of run.sayings) {
    const hash = hashOfContent(content);
    if (carries === 'control' || run.without?.has(hash) === true) continue;
    const file = blobFile(join(folder, 'blobs'), hash);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, blobOf(content).bytes);
  }
  writeFileSync(join(folder, 'run.json'), JSON.stringify(runJson(archive, run)));
  if (run.endedSecondsAgo !== undefined) {
    writeFileSync(join(folder, 'summary.json'), JSON.stringify({ wallSeconds: 0 }));
  } else writeFileSync(join(folder, 'playing.json'), JSON.stringify({ pid: 1, host: 'elsewhere' }));
  return folder;
}

function runJson(archive: string, { name, policy, fork, endedSecondsAgo = 0 }: WrittenRun) {
  const folder = join(archive, name);
  const base = fork === undefined ? '' : relative(folder, join(archive, fork.base));
  return {
    run: name,
    title: name,
    sampleRate: RATE,
    limits: LIMITS_DEFAULT,
    exact: true,
    startedAt: new Date(NOW - endedSecondsAgo * 1000).toISOString(),
    ...(policy === undefined ? {} : { archive: { ...ARCHIVE_POLICY_DEFAULT, ...policy } }),
    ...(fork === undefined
      ? {}
      : { origin: { how: 'fork', run: fork.base, folder: base, at: fork.atSeconds * RATE } }),
  };
}

/** Tidies an archive now, in no time. */
export function tidy(
  archive: string,
  more: Partial<Pick<GcOptions, 'deeds' | 'dryRun' | 'policy' | 'wait'>> = {},
): Promise<GcAccount> {
  return gc({ archive, nowMs: NOW, deeds: QUICK, wait: async () => {}, ...more });
}

/** The hashes that a run still has. */
export function hashesIn(run: string): ReadonlySet<string> {
  const home = join(run, 'blobs');
  const rooms = existsSync(home) ? readdirSync(home) : [];
  const names = rooms.flatMap((room) => readdirSync(join(home, room)));
  return new Set(names.map((name) => name.replace(/\.(f32|flac)$/, '')));
}

/** Every file below a folder, with its text. */
export function contentOf(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path, 'base64')]));
}

/** The bytes of the files below a folder that a test picks. */
export function bytesUnder(folder: string, picks = (_path: string): boolean => true): number {
  const files = [...contentOf(folder)].filter(([path]) => picks(path));
  return files.reduce((sum, [, text]) => sum + Buffer.from(text, 'base64').length, 0);
}

/** Where a blob of floats lies. */
export function floatFile(run: string, hash: string): string {
  return blobFile(join(run, 'blobs'), hash);
}

/** Makes a run's journal hold one record only, and its blobs these bytes too. */
export function rewrite(run: string, record: SaidRecord, bytes: Uint8Array): void {
  writeFileSync(join(run, 'journal', '000001.jsonl'), `${JSON.stringify(record)}\n`);
  const file = floatFile(run, record.hash ?? '');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}
