import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository or of the installed package. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A path below the root. */
export const at = (...parts) => join(ROOT, ...parts);

/** SHA-256 of some text, in hex. */
export const hashOf = (text) => createHash('sha256').update(text).digest('hex');

/** The text of a file, or '' when there is none. */
export const textOf = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** Every file below a folder, deep; none when the folder is missing. */
export function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A fingerprint of files by path, size and time of change: equal when nothing was touched. */
export function fingerprintOf(files) {
  const lines = files.toSorted().map((file) => {
    const { mtimeMs, size } = statSync(file);
    return `${file}:${mtimeMs}:${size}`;
  });
  return hashOf(lines.join('\n'));
}
