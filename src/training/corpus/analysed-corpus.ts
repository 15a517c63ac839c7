import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../core/index.js';
import { writeSafely } from '../folder/safe-file.js';
import { analyse, type Analysis } from './analysis.js';
import { type CorpusFiles, corpusFiles, type SkippedFile } from './recordings.js';

/** A recording as it lies analysed on disk. */
export interface Recording {
  readonly file: string;
  readonly sha256: string;
  readonly seconds: number;
  readonly columns: number;
  readonly pieces: readonly number[];
  /** Files of 32-bit floats: the frames [t, columns], and the samples where they are learned. */
  readonly framesFile: string;
  readonly audioFile: string | null;
}

/** A corpus analysed once and kept on disk, so that its size costs no memory. */
export interface AnalysedCorpus {
  readonly folder: string;
  readonly hash: string;
  readonly recordings: readonly Recording[];
  readonly skipped: readonly SkippedFile[];
}

/** Where analyses are kept, and who hears how far it has come. */
export interface PrepareOptions {
  readonly cache: string;
  readonly onFile?: (file: string, index: number, count: number) => void;
}

/**
 * Analyses a folder of recordings, file by file, or finds it analysed already. What cannot be
 * used is skipped with its reason; a UserError when nothing is left.
 */
export async function prepareCorpus(
  folder: string,
  analysis: Analysis,
  options: PrepareOptions,
): Promise<AnalysedCorpus> {
  const corpus = await corpusFiles(folder);
  const place = join(options.cache, keyOf(corpus, analysis));
  const index = join(place, 'index.json');
  const found = existsSync(index)
    ? (JSON.parse(await readFile(index, 'utf8')) as Pick<AnalysedCorpus, 'recordings' | 'skipped'>)
    : await analysed(corpus, analysis, place, options);
  if (found.recordings.length === 0) throw nothingUsable(folder, found.skipped);
  const at = (name: string): string => join(place, name);
  const recordings = found.recordings.map((each) => ({
    ...each,
    framesFile: at(each.framesFile),
    audioFile: each.audioFile === null ? null : at(each.audioFile),
  }));
  return { folder, hash: corpus.hash, recordings, skipped: found.skipped };
}

function keyOf({ hash }: CorpusFiles, analysis: Analysis): string {
  const text = JSON.stringify(['1', hash, analysis]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

async function analysed(
  { folder, files }: CorpusFiles,
  analysis: Analysis,
  place: string,
  { onFile }: PrepareOptions,
): Promise<Pick<AnalysedCorpus, 'recordings' | 'skipped'>> {
  await mkdir(place, { recursive: true });
  const recordings: Recording[] = [];
  const skipped: SkippedFile[] = [];
  for (const [index, { file, sha256 }] of files.entries()) {
    onFile?.(file, index, files.length);
    try {
      const { frames, audio, ...rest } = await analyse(join(folder, file), analysis);
      const framesFile = `${index}.frames.f32`;
      const audioFile = audio === undefined ? null : `${index}.audio.f32`;
      await writeFile(join(place, framesFile), bytesOf(frames));
      if (audio && audioFile) await writeFile(join(place, audioFile), bytesOf(audio));
      recordings.push({ file, sha256, ...rest, framesFile, audioFile });
    } catch (thrown) {
      if (!(thrown instanceof UserError)) throw thrown;
      skipped.push({ file, reason: thrown.parts.what });
    }
  }
  await writeSafely(join(place, 'index.json'), JSON.stringify({ recordings, skipped }));
  return { recordings, skipped };
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function nothingUsable(folder: string, skipped: readonly SkippedFile[]): UserError {
  const [first] = skipped;
  return new UserError({
    what: `none of the ${skipped.length} files of the corpus can be used: ${first?.reason ?? ''}`,
    where: folder,
    hint: 'give recordings that a player opens, of a second or more',
  });
}
