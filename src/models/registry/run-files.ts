import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { messageOf, UserError } from '../../core/index.js';
import { isSettingsFile } from './settings-file.js';
import type { Role } from './run-kind.js';

/** What a training run left, sorted by what it is for; paths are absolute. */
export interface RunFiles {
  readonly root: string;
  /**
   * At most one checkpoint per role: the name preferred by the original, then the first by path.
   */
  readonly checkpoints: ReadonlyMap<Role, string>;
  readonly settings: readonly string[];
  readonly means: readonly string[];
  readonly stds: readonly string[];
  /** `data_stat.npz` files: mean and std in one. */
  readonly statistics: readonly string[];
}

const WEIGHTS = '\\.(torch|pt|pth|safetensors)$';

// Per role, names in order of preference (anatomy §6.1): una-GAN's latest, mel-GAN's best.
const CHECKPOINTS: readonly (readonly [Role, readonly RegExp[]])[] = [
  [
    'generator',
    [
      new RegExp(`^params\\.Generator\\.latest${WEIGHTS}`, 'i'),
      new RegExp(`^params\\.Generator\\.best.*${WEIGHTS}`, 'i'),
      new RegExp(`^params\\.Generator.*${WEIGHTS}`, 'i'),
    ],
  ],
  ['encoder', latestOf('Encoder')],
  ['discriminator', [...latestOf('Discriminator'), /^best_netD\.pt$/, /^netD\.pt$/]],
  ['vocoder', [/^best_netG\.pt$/, /^netG\.pt$/, /^params\.pt$/, /^g_latest$/, /^g(_\d+)?$/]],
  ['sequencer', [/^checkpoint\.ckpt$/, /^model\.ckpt$/, /^(?!.*_prev\.).*\.ckpt$/]],
];

const ANY_WEIGHTS = '(?<!/io)\\.(torch|pt|pth|ckpt|safetensors)$';

const FILES_MAX = 20_000;

/**
 * Finds the files of a training run by base name, anywhere in its folder; a single file is a run
 * of one.
 */
export async function findRunFiles(path: string): Promise<RunFiles> {
  const root = await existing(path);
  const single = !(await lstat(root)).isDirectory();
  const files = single ? [root, ...(await siblings(root))] : await walk(root);
  const named = (name: string): string[] => files.filter((file) => basename(file) === name);
  return {
    root: single ? dirname(root) : root,
    checkpoints: checkpointsIn(single ? [root] : files),
    settings: files.filter(isSettingsFile),
    means: named('mean.mel.npy'),
    stds: named('std.mel.npy'),
    statistics: named('data_stat.npz'),
  };
}

/**
 * Of several files, the one that stands nearest above or beside another: its own folder first,
 * then the parents.
 */
export function nearestTo(
  file: string,
  candidates: readonly string[],
  root: string,
): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const beside = candidates.find((candidate) => dirname(candidate) === folder);
    if (beside !== undefined) return beside;
    if (folder === root || folder === dirname(folder)) return undefined;
  }
}

async function existing(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (cause) {
    throw new UserError({ what: messageOf(cause), where: path, allowed: 'a folder or checkpoint' });
  }
}

async function siblings(file: string): Promise<string[]> {
  const names = await readdir(dirname(file));
  return names.map((name) => join(dirname(file), name)).filter((path) => path !== file);
}

/** Plain files in order of path; links are not followed, so a loop of folders cannot trap us. */
async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  if (entries.length > FILES_MAX) {
    const allowed = `at most ${FILES_MAX} files`;
    throw new UserError({ what: `${entries.length} files are no run`, where: folder, allowed });
  }
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  return paths.sort((a, b) => (relative(folder, a) < relative(folder, b) ? -1 : 1));
}

function checkpointsIn(files: readonly string[]): ReadonlyMap<Role, string> {
  const found = new Map<Role, string>();
  for (const [role, patterns] of CHECKPOINTS) {
    const file = patterns
      .map((pattern) => files.find((path) => pattern.test(basename(path))))
      .find((path) => path !== undefined);
    if (file !== undefined) found.set(role, file);
  }
  const [only, ...more] = files.filter((path) => new RegExp(ANY_WEIGHTS).test(path));
  // A lone checkpoint under any name is taken for what its keys say; the role is settled then.
  if (found.size === 0 && only !== undefined && more.length === 0) found.set('generator', only);
  return found;
}

function latestOf(name: string): readonly RegExp[] {
  return [
    new RegExp(`^params\\.${name}\\.latest${WEIGHTS}`, 'i'),
    new RegExp(`^params\\.${name}.*${WEIGHTS}`, 'i'),
  ];
}
