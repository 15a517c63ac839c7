// Remembers what is done to files below a folder, in order, so that a disk can be brought back to
// what it was after any of it. It stands in for node:fs and node:fs/promises (vi.mock).
import type * as Fs from 'node:fs';
import type * as FsPromises from 'node:fs/promises';

/** Something that was done to a file, and how much had been said by then. */
export interface Deed {
  readonly does: 'folder' | 'create' | 'write' | 'rename' | 'remove';
  readonly path: string;
  readonly bytes?: Buffer;
  readonly position?: number;
  readonly to?: string;
  /** Logical time of what had been said last. */
  readonly heard: number;
}

/** What was done, since `follow` was set to a folder. */
export const written: { deeds: Deed[]; follow: string; heard: number } = {
  deeds: [],
  follow: '',
  heard: 0,
};

function note(deed: Omit<Deed, 'heard'>): void {
  if (written.follow === '' || !deed.path.startsWith(written.follow)) return;
  written.deeds.push({ ...deed, heard: written.heard });
}

const paths = new Map<number, string>();

/** node:fs that remembers. */
export function rememberingFs(fs: typeof Fs): Partial<typeof Fs> {
  const openSync = (path: string, flags: string): number => {
    const descriptor = fs.openSync(path, flags);
    paths.set(descriptor, path);
    if (flags.startsWith('w')) note({ does: 'create', path });
    return descriptor;
  };
  const writeSync = (fd: number, b: Uint8Array, from: number, length: number, at: number) => {
    const took = fs.writeSync(fd, b, from, length, at);
    const bytes = Buffer.from(b.subarray(from, from + took));
    note({ does: 'write', path: paths.get(fd) ?? '', bytes, position: at });
    return took;
  };
  const writeFileSync = (path: string, text: string): void => {
    fs.writeFileSync(path, text);
    note({ does: 'create', path });
    note({ does: 'write', path, bytes: Buffer.from(text), position: 0 });
  };
  const mkdirSync = (path: string, options: Fs.MakeDirectoryOptions): undefined => {
    fs.mkdirSync(path, options);
    note({ does: 'folder', path });
  };
  const renameSync = (path: string, to: string): void => {
    fs.renameSync(path, to);
    note({ does: 'rename', path, to });
  };
  return { ...fs, openSync, writeSync, writeFileSync, mkdirSync, renameSync } as Partial<typeof Fs>;
}

/** node:fs/promises that remembers. */
export function rememberingPromises(fs: typeof FsPromises): Partial<typeof FsPromises> {
  const open = async (path: string, flags: string): Promise<FsPromises.FileHandle> => {
    const file = await fs.open(path, flags);
    if (flags === 'w') note({ does: 'create', path });
    const writeFile = async (bytes: Uint8Array): Promise<void> => {
      await file.write(bytes, 0, bytes.length, 0);
      note({ does: 'write', path, bytes: Buffer.from(bytes), position: 0 });
    };
    return Object.assign(Object.create(file) as object, {
      writeFile,
      datasync: () => file.datasync(),
      close: () => file.close(),
    }) as unknown as FsPromises.FileHandle;
  };
  const rename = async (path: string, to: string): Promise<void> => {
    await fs.rename(path, to);
    note({ does: 'rename', path, to });
  };
  return { ...fs, open, rename } as Partial<typeof FsPromises>;
}
