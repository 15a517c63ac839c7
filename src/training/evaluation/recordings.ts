import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AUDIO_FORMATS, loadForAnalysis } from '../../audio/index.js';
import { messageOf, UserError } from '../../core/index.js';

/** One recording of a corpus: mono, at the rate asked for. */
export interface Recording {
  /** Its path, as the corpus names it. */
  readonly file: string;
  readonly samples: Float32Array;
}

/** A file of a corpus that could not be read, and why. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

const ENDINGS = new Set([...AUDIO_FORMATS, 'aif', 'oga'].map((name) => `.${name}`));

/**
 * The sound files of a corpus in the order of their paths: of a folder and all below it, or the
 * one file it is. A UserError when there is none.
 */
export async function filesOf(corpus: string): Promise<readonly string[]> {
  const found = await stat(corpus).catch((cause: unknown) => {
    const hint = 'give a folder of recordings, or one recording';
    throw new UserError({ what: messageOf(cause), where: corpus, hint, cause });
  });
  if (found.isFile()) return [corpus];
  const entries = await readdir(corpus, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && ENDINGS.has(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  if (files.length > 0) return files;
  const what = 'there is no recording in it';
  throw new UserError({ what, where: corpus, allowed: AUDIO_FORMATS.join(', ') });
}

/**
 * Reads recordings one at a time. Those that cannot be read go to `skipped`, unless it is the only
 * one, whose UserError is thrown.
 */
export async function* readRecordings(
  files: readonly string[],
  sampleRate: number,
  skipped: SkippedFile[],
): AsyncGenerator<Recording> {
  for (const file of files) {
    try {
      const audio = await loadForAnalysis(file, sampleRate);
      const samples = audio.channels[0] as Float32Array;
      if (!samples.every(Number.isFinite)) throw unsoundSamples(file);
      yield { file, samples };
    } catch (thrown) {
      if (!(thrown instanceof UserError) || files.length === 1) throw thrown;
      skipped.push({ file, reason: thrown.parts.what });
    }
  }
}

function unsoundSamples(where: string): UserError {
  return new UserError({ what: 'it holds samples that are no numbers', where });
}
