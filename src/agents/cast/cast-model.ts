import { basename, dirname } from 'node:path';
import { type Model, type RunRecord, loadRun } from '../../models/index.js';
import type { CastRun, Context } from '../kind.js';

/**
 * The run that fills a role, its files checked against their hashes; a UserError when one differs.
 */
export function castRecord({ folder, id }: CastRun): Promise<RunRecord> {
  return loadRun(id || basename(folder), { registry: dirname(folder) });
}

/** The run of the role that a param names; notes of its probe are shown as warnings. */
export async function openCast<P>(
  context: Context<P>,
  param: string,
  role: 'generator' | 'vocoder' | 'sequencer',
): Promise<{ readonly run: RunRecord; readonly model: Model }> {
  const run = await castRecord(context.run(param));
  const onNote = (note: string): void => process.emitWarning(note, context.self);
  return { run, model: await run.open(role, { onNote }) };
}
