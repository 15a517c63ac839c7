import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { type Audio, UserError, messageOf } from '../../core/index.js';
import { loadAudio } from '../../audio/index.js';

const SOUND_FILE = /\.(wav|flac|mp3|ogg|aiff?)$/i;

/** How each format begins, in Latin-1; what begins otherwise is no sound. */
const OPENINGS = /^(RIFF|RF64|FORM|fLaC|OggS|ID3|\xff[\xe0-\xff])/;

/**
 * How much decoded sound is kept, in samples over all channels: about three minutes at 44.1 kHz.
 */
const KEPT_SAMPLES_MAX = 8_000_000;

/** How a library is read. */
export interface LibraryOptions {
  readonly sampleRate: number;
  /** Leave out files that are no sound instead of refusing the folder. */
  readonly skipUnreadable: boolean;
}

/**
 * A folder of recordings, decoded when first asked for. It keeps what was used last, up to a brim,
 * so a folder of any size costs about the same.
 */
export class Library {
  /** Paths of its recordings, relative to the folder, sorted, with `/` between names. */
  readonly files: readonly string[];
  readonly #folder: string;
  readonly #sampleRate: number;
  readonly #kept = new Map<string, Audio>();

  private constructor(folder: string, files: readonly string[], sampleRate: number) {
    this.#folder = folder;
    this.files = files;
    this.#sampleRate = sampleRate;
  }

  /**
   * Lists the recordings in a folder and under it, or the one that a path names. A UserError when
   * there is none, or when one is empty or not what its name says (unless those are to be skipped).
   */
  static async open(path: string, options: LibraryOptions): Promise<Library> {
    const single = (await stat(path).catch(() => undefined))?.isFile() ?? false;
    const folder = single ? dirname(path) : path;
    const found = single ? [basename(path)] : await soundFiles(folder);
    const files: string[] = [];
    for (const file of found) {
      const wrong = await faultOf(join(folder, file), options);
      if (wrong === undefined) files.push(file);
      else if (!options.skipUnreadable) throw unreadable(join(folder, file), wrong);
    }
    if (files.length === 0) throw noSound(folder, found.length);
    return new Library(folder, files, options.sampleRate);
  }

  /** The whole recording, mono, at the library's rate. A UserError when it cannot be decoded. */
  async read(file: string): Promise<Audio> {
    const kept = this.#kept.get(file);
    const path = join(this.#folder, file);
    const audio = kept ?? (await loadAudio(path, { sampleRate: this.#sampleRate, mono: true }));
    this.#kept.delete(file);
    this.#kept.set(file, audio);
    this.#forgetOldest();
    return audio;
  }

  #forgetOldest(): void {
    let samples = 0;
    for (const [file, audio] of [...this.#kept].reverse()) {
      samples += lengthOf(audio);
      if (samples > KEPT_SAMPLES_MAX && samples > lengthOf(audio)) this.#kept.delete(file);
    }
  }
}

function lengthOf(audio: Audio): number {
  return audio.channels[0]?.length ?? 0;
}

async function soundFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (cause: unknown) => {
      const what = `the folder of recordings cannot be read: ${messageOf(cause)}`;
      throw new UserError({ what, where: folder, hint: 'check `folder:`', cause });
    },
  );
  return entries
    .filter((entry) => entry.isFile() && SOUND_FILE.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

async function wrongWith(path: string): Promise<string | undefined> {
  const file = await open(path).catch((cause: unknown) => messageOf(cause));
  if (typeof file === 'string') return `it cannot be opened: ${file}`;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    if (bytesRead === 0) return 'it has no bytes';
    return OPENINGS.test(buffer.toString('latin1')) ? undefined : 'it does not begin like a sound';
  } finally {
    await file.close();
  }
}

async function faultOf(
  path: string,
  { skipUnreadable }: LibraryOptions,
): Promise<string | undefined> {
  return (await wrongWith(path)) ?? (skipUnreadable ? undecodable(path) : undefined);
}

/** Decodes a file to see that it can be; only for who asked to leave out what cannot. */
async function undecodable(path: string): Promise<string | undefined> {
  return loadAudio(path).then(() => undefined, messageOf);
}

function unreadable(where: string, what: string): UserError {
  const hint = 'remove it from the corpus, or set `skipUnreadable: true`';
  return new UserError({ what, where, allowed: 'wav, flac, mp3, ogg or aiff', hint });
}

function noSound(where: string, unusable: number): UserError {
  return new UserError({
    what: unusable === 0 ? 'the folder holds no recordings' : 'none of its recordings is readable',
    where,
    allowed: 'at least one wav, flac, mp3, ogg or aiff file',
    hint: 'put a recording there, or name another `folder:`',
  });
}
