import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, UserError } from './error.js';

/**
 * Writes a file whole or not at all: what is cut short leaves the old one, or none. A place that
 * cannot be written is a UserError.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.draft`;
  await mkdir(dirname(path), { recursive: true }).catch((cause) => unwritable(path, cause));
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    unwritable(path, cause);
  }
}

function unwritable(where: string, cause: unknown): never {
  throw new UserError({ what: `it cannot be written: ${messageOf(cause)}`, where, cause });
}
