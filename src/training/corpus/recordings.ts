import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { messageOf, UserError } from '../../core/index.js';

const SOUND_FILE = /\.(wav|flac|mp3|ogg|aiff?)$/i;

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

/**
 * Lists the recordings in a folder and under it, sorted by path. Throws a UserError when the
 * folder cannot be read or holds none.
 */
export async function corpusFiles(folder: string): Promise<CorpusFiles> {
  const names = await soundFiles(folder);
  if (names.length === 0) {
    throw new UserError({
      what: 'the corpus is empty',
      where: folder,
      allowed: 'a folder with wav, flac, mp3, ogg or aiff files in it or under it',
    });
  }
  const files: RecordingFile[] = [];
  for (const file of names) files.push({ file, sha256: await hashOf(join(folder, file)) });
  const hash = createHash('sha256');
  for (const { file, sha256 } of files) hash.update(`${sha256}  ${file}\n`);
  return { folder, hash: hash.digest('hex'), files };
}

async function soundFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (cause: unknown) => {
      const what = `the corpus cannot be read: ${messageOf(cause)}`;
      throw new UserError({ what, where: folder, hint: 'check --corpus', cause });
    },
  );
  return entries
    .filter((entry) => entry.isFile() && SOUND_FILE.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
