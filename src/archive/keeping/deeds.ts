import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** All that keeping does to a disk, so that a test can cut the power between any two of them. */
export interface Deeds {
  /** Adds text to a file; it has reached the disk when this returns. */
  append(file: string, text: string): void;
  /** Writes a file whole or not at all; it has reached the disk when this returns. */
  writeWhole(file: string, bytes: Uint8Array): void;
  move(from: string, to: string): void;
  /** Removes a file or a folder with all in it. */
  remove(path: string): void;
}

/** The disk itself. */
export const DISK: Deeds = {
  append: (file, text) => write(file, 'a', text),
  writeWhole(file, bytes) {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.${randomUUID()}.draft`;
    write(draft, 'w', bytes);
    renameSync(draft, file);
    syncFolder(dirname(file));
  },
  move(from, to) {
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  },
  remove: (path) => rmSync(path, { recursive: true, force: true }),
};

function write(file: string, flag: 'a' | 'w', content: string | Uint8Array): void {
  const opened = openSync(file, flag);
  try {
    writeSync(opened, content as Uint8Array);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** Where folders cannot be opened (Windows), the rename is as safe as it can be made. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const opened = openSync(folder, 'r');
  fsyncSync(opened);
  closeSync(opened);
}
