import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError, messageOf } from '../core/index.js';

type Files = Readonly<Record<string, string>>;

/**
 * Writes a new folder that only its owner enters (0700), with secrets that only they read (0600)
 * and what is no secret. It is there whole or not at all; a folder with anything in it is left as
 * it is. Throws a UserError, which holds no secret.
 */
export async function writeSecrets(folder: string, secrets: Files, open: Files): Promise<void> {
  const place = resolve(folder);
  let draft: string | undefined;
  try {
    await mkdir(dirname(place), { recursive: true });
    draft = await mkdtemp(`${place}.draft-`);
    await writeAll(draft, secrets, 0o600);
    await writeAll(draft, open, 0o644);
    await rename(draft, place);
  } catch (cause) {
    if (draft !== undefined) await rm(draft, { recursive: true, force: true });
    throw new UserError({
      what: `it cannot be written: ${messageOf(cause)}`,
      where: folder,
      hint: 'a new or empty folder',
      cause,
    });
  }
}

async function writeAll(folder: string, files: Files, mode: number): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text, { mode, flag: 'wx' });
  }
}
