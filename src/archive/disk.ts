import { closeSync, existsSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { appendFile, open, rename, rm } from 'node:fs/promises';

/** What an archive asks of a disk; tests give one that fails or remembers. Errors are thrown. */
export interface Disk {
  exists(path: string): boolean;
  makeFolder(path: string): void;
  /** Opens a file that is not there yet for writing and returns its descriptor. */
  create(path: string): number;
  /** Writes at a place, now; returns how many bytes it took. */
  write(descriptor: number, bytes: Uint8Array, position: number): number;
  close(descriptor: number): void;
  /** Writes a whole file, and forces it onto the disk if `synced`. */
  writeFile(path: string, bytes: Uint8Array, synced: boolean): Promise<void>;
  append(path: string, text: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Forces the bytes of a file, or the names in a folder, onto the disk. */
  sync(path: string): Promise<void>;
}

/** The disk of this machine; syncing happens off the thread of the engine. */
export const systemDisk: Disk = {
  exists: existsSync,
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  create: (path) => openSync(path, 'wx'),
  write: (descriptor, bytes, position) => writeSync(descriptor, bytes, 0, bytes.length, position),
  close: closeSync,
  writeFile,
  append: (path, text) => appendFile(path, text),
  rename,
  remove: (path) => rm(path, { force: true }),
  sync,
};

async function writeFile(path: string, bytes: Uint8Array, synced: boolean): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    if (synced) await file.datasync();
  } finally {
    await file.close();
  }
}

/** Any descriptor of a file will do: what is synced is the file. Windows syncs no folders. */
async function sync(path: string): Promise<void> {
  const file = await open(path, 'r').catch(gone);
  if (file === undefined) return;
  try {
    await file.datasync().catch((error: NodeJS.ErrnoException) => {
      if (process.platform !== 'win32') throw error;
    });
  } finally {
    await file.close();
  }
}

/** What was thinned away meanwhile needs no sync. */
function gone(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || process.platform === 'win32') return undefined;
  throw error;
}
