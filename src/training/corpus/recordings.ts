import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { AUDIO_FORMATS, loadForAnalysis } from '../../audio/index.js';
import { messageOf, UserError } from '../../core/index.js';

/** A file of a corpus, by its path within the folder, and the SHA-256 of its bytes. */
export interface RecordingFile {
  readonly file: string;
  readonly sha256: string;
}

/** The sound files of a folder, and one hash that stands for all of them. */
export interface CorpusFiles {
  readonly folder: string;
  readonly hash: string;
  readonly files: readonly RecordingFile[];
}

/** A recording as it was decoded: mono, at the rate asked for. */
export interface DecodedRecording {
  readonly file: string;
  readonly samples: Float32Array;
}

/** A file of a corpus that could not be used, and why. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

const ENDINGS = new Set([...AUDIO_FORMATS, 'aif', 'oga'].map((name) => `.${name}`));

/**
 * The paths of a corpus's sound files, sorted: of a folder and all below it, or the one file that
 * it is. A UserError when it cannot be read or holds none.
 */
export async function recordingPaths(corpus: string): Promise<readonly string[]> {
  const { folder, names } = await listed(corpus);
  return names.map((name) => join(folder, name));
}

/** The same files with the hashes of their bytes. The same UserErrors. */
export async function corpusFiles(corpus: string): Promise<CorpusFiles> {
  const { folder, names } = await listed(corpus);
  const files: RecordingFile[] = [];
  for (const file of names) files.push({ file, sha256: await hashOf(join(folder, file)) });
  const hash = createHash('sha256');
  for (const { file, sha256 } of files) hash.update(`${sha256}  ${file}\n`);
  return { folder, hash: hash.digest('hex'), files };
}

/**
 * Decodes recordings one at a time, by their paths. Those that cannot be read go to `skipped`,
 * unless it is the only one, whose UserError is thrown.
 */
export async function* readRecordings(
  paths: readonly string[],
  sampleRate: number,
  skipped: SkippedFile[],
): AsyncGenerator<DecodedRecording> {
  for (const file of paths) {
    try {
      const audio = await loadForAnalysis(file, sampleRate);
      const samples = audio.channels[0] as Float32Array;
      if (!samples.every(Number.isFinite)) throw unsoundSamples(file);
      yield { file, samples };
    } catch (thrown) {
      if (!(thrown instanceof UserError) || paths.length === 1) throw thrown;
      skipped.push({ file, reason: thrown.parts.what });
    }
  }
}

function unsoundSamples(where: string): UserError {
  return new UserError({ what: 'it holds samples that are no numbers', where });
}

interface Listing {
  readonly folder: string;
  /** Paths within the folder, sorted. */
  readonly names: readonly string[];
}

async function listed(corpus: string): Promise<Listing> {
  const found = await stat(corpus).catch((cause: unknown) => {
    const what = `the corpus cannot be read: ${messageOf(cause)}`;
    const hint = 'give a folder of recordings, or one recording';
    throw new UserError({ what, where: corpus, hint, cause });
  });
  if (found.isFile()) return { folder: dirname(corpus), names: [basename(corpus)] };
  const entries = await readdir(corpus, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && ENDINGS.has(extname(entry.name).toLowerCase()))
    .map((entry) => relative(corpus, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();
  if (names.length > 0) return { folder: corpus, names };
  const what = 'the corpus is empty: there is no recording in it or under it';
  throw new UserError({ what, where: corpus, allowed: AUDIO_FORMATS.join(', ') });
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
