import { type Random, UserError } from '../../core/index.js';
import { listRuns } from './list-runs.js';
import type { RegistryOptions } from './registry.js';
import { kindsIn } from './run-kind.js';
import { loadRun, type RunRecord } from './run-record.js';

/**
 * Draws one run of a family (`una-gan`, `mel-gan`, `hifi-gan`, `vocoder`, `sequencer`) or of one
 * network kind, each with equal chance (anatomy §6.2). Throws a UserError when there is none.
 */
export async function drawRun(
  kind: string,
  random: Random,
  options: RegistryOptions = {},
): Promise<RunRecord> {
  const kinds = kindsIn(kind);
  const { runs } = await listRuns(options);
  const candidates = runs.filter((run) => kinds.includes(run.kind));
  if (candidates.length > 0) return loadRun(random.pick(candidates).id, options);
  throw new UserError({
    what: `no run of kind ${kind} to draw from`,
    where: options.registry ?? 'registry',
    hint: 'demiurge models import <folder>',
  });
}

/** Finds the run a role asks for: an id, or `random` for one drawn from a family or kind. */
export async function chooseRun(
  id: string,
  kind: string,
  random: Random,
  options: RegistryOptions = {},
): Promise<RunRecord> {
  if (id === 'random') return drawRun(kind, random, options);
  const record = await loadRun(id, options);
  if (kindsIn(kind).includes(record.kind)) return record;
  throw new UserError({ what: `run ${id} is a ${record.kind}`, allowed: kindsIn(kind).join(', ') });
}
