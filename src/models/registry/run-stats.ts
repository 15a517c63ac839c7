import { readFile } from 'node:fs/promises';
import { UserError } from '../../core/index.js';
import type { Tensor } from '../../core/index.js';
import { readNpy, readNpz } from '../formats/npy.js';
import { nearestTo, type RunFiles } from './run-files.js';
import type { RunFile } from './run-file.js';

/** Mean and deviation per mel bin or descriptor column, as training normalised with. */
export type RunStats = NonNullable<RunFile['stats']>;

/**
 * Reads the statistics nearest to a checkpoint; null when the run has none. Throws a UserError
 * when they do not fit `width`.
 */
export async function readStats(
  file: string,
  files: RunFiles,
  width: number,
): Promise<RunStats | null> {
  const archive = pick(file, files.statistics, files.root);
  if (archive !== undefined) {
    const { mean, std } = readNpz(await readFile(archive), archive);
    return checked(mean, std, width, archive);
  }
  const mean = pick(file, files.means, files.root);
  const std = pick(file, files.stds, files.root);
  if (mean === undefined && std === undefined) return null;
  const [means, stds] = await Promise.all([arrayIn(mean), arrayIn(std)]);
  return checked(means, stds, width, mean ?? (std as string));
}

function pick(file: string, candidates: readonly string[], root: string): string | undefined {
  return nearestTo(file, candidates, root) ?? candidates[0];
}

async function arrayIn(path: string | undefined): Promise<Tensor | undefined> {
  return path === undefined ? undefined : readNpy(await readFile(path), path);
}

function checked(
  mean: Tensor | undefined,
  std: Tensor | undefined,
  width: number,
  where: string,
): RunStats {
  if (mean === undefined || std === undefined) {
    const what = `the ${mean === undefined ? 'mean' : 'deviation'} is missing`;
    throw new UserError({ what, where, allowed: 'a mean and a deviation (std) together' });
  }
  const fits = [mean, std].every(
    ({ data }) => data.length === width && data.every(Number.isFinite),
  );
  if (std.data.some((deviation) => deviation < 0)) {
    throw new UserError({ what: 'a deviation is negative', where, allowed: 'zero or above' });
  }
  if (fits) return { mean: [...mean.data], std: [...std.data] };
  const what = `statistics of ${mean.data.length} and ${std.data.length} numbers`;
  throw new UserError({ what, where, allowed: `${width} finite numbers, as wide as the network` });
}
