import { open, rename, rm } from 'node:fs/promises';

/** Writes a file whole or not at all, and to the disk before it takes the old one's place. */
export async function writeSafely(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.new`;
  try {
    const handle = await open(draft, 'w');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}
