import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Problem } from '../core/index.js';
import { suggestion } from '../topologies/index.js';

/** Where a scenario's paths start, and the folder that none of them may leave; both real paths. */
export interface Ground {
  readonly folder: string;
  readonly root: string;
  /** Absolute paths that are there although the disk may no longer have them. */
  readonly kept?: ReadonlySet<string>;
}

/** A path inside the project, absolute and real, or what is wrong with it. */
export type Found =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly problem: Omit<Problem, 'at'> };

/**
 * The ground of a scenario file: its root is the nearest folder upward with a package.json or .git,
 * else its own.
 */
export function groundOf(file: string): Ground {
  const folder = realpathSync(dirname(file));
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json')) || existsSync(join(at, '.git'))) {
      return { folder, root: at };
    }
    if (dirname(at) === at) return { folder, root: folder };
  }
}

/**
 * Follows a written path, symbolic links included; refuses absolute paths, ways out of the project
 * and nothing.
 */
export function findInside({ folder, root, kept }: Ground, written: string): Found {
  if (isAbsolute(written) || /^([a-z]:|[\\/]|~)/i.test(written)) return refused(OUTSIDE_ABSOLUTE);
  if (written.includes('\0')) return refused(missing(folder, written));
  const path = resolve(folder, written);
  if (!contains(root, path)) return refused(outside(written));
  if (kept?.has(path) === true) return { ok: true, path };
  if (!existsSync(path)) return refused(missing(folder, written));
  const real = realpathSync(path);
  return contains(root, real) ? { ok: true, path: real } : refused(outside(written));
}

function contains(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function refused(problem: Omit<Problem, 'at'>): Found {
  return { ok: false, problem };
}

const OUTSIDE_ABSOLUTE = {
  code: 'outside-project',
  says: 'an absolute path works on one machine only',
  expected: "a path from the scenario's folder, inside the project",
  try: 'copy or link what you need into the project and write ./ or ../',
};

function outside(written: string): Omit<Problem, 'at'> {
  return {
    code: 'outside-project',
    says: `\`${written}\` leads out of the project`,
    expected: "a path from the scenario's folder, inside the project",
    try: 'copy what you need into the project',
  };
}

function missing(folder: string, written: string): Omit<Problem, 'at'> {
  const parent = resolve(folder, dirname(written));
  const names = existsSync(parent) && !written.includes('\0') ? siblings(parent) : [];
  const near = suggestion(basename(written), names).didYouMean;
  return {
    code: 'missing-file',
    says: `there is nothing at \`${written}\``,
    expected: "a file or folder, from the scenario's folder",
    ...(near === undefined ? {} : { didYouMean: join(dirname(written), near) }),
    try: 'check the spelling, or put it there',
  };
}

function siblings(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOTDIR') return [];
    throw thrown;
  }
}
