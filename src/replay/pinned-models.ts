import type { RunRecord } from '../archive/index.js';
import { UserError } from '../core/index.js';

/**
 * The models a run was played with, by role; a UserError that names the first one that is missing
 * or has other weights now. Nothing is drawn again.
 */
export async function pinnedModels(
  { models }: Pick<RunRecord, 'models'>,
  registry?: string,
): Promise<ReadonlyMap<string, string>> {
  if (models.length === 0) return new Map();
  const { listRuns } = await import('../models/index.js');
  const { runs } = await listRuns(registry === undefined ? {} : { registry });
  for (const { role, run, hash } of models) {
    const here = runs.find(({ id }) => id === run);
    if (here?.hash === hash) continue;
    throw new UserError({
      what:
        here === undefined
          ? `model ${run}, which played ${role}, is not in the registry`
          : `model ${run}, which played ${role}, has other weights now: ${here.hash.slice(0, 12)}…`,
      allowed: `SHA-256 ${hash}`,
      hint: '--registry <folder> where that model is, or demiurge models list',
    });
  }
  return new Map(models.map(({ role, run }) => [role, run]));
}
