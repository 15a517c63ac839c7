import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../core/index.js';
import { loadRun, type RunRecord, type Training, type Weights } from '../models/index.js';
import { type ChosenEngine, engineFor } from './engine-for.js';
import { idFrom } from './folder/run-id.js';
import {
  type Beginning,
  beginIn,
  beginningOf,
  clearDrafts,
  type RunPlace,
  runPlace,
} from './folder/run-place.js';
import { writeSafely } from './folder/safe-file.js';
import { accountOf, type Material, materialFor } from './material.js';
import { planFor } from './plans/plan-for.js';
import type { TrainingPlan, TrainingState } from './plans/plan.js';
import { FAMILIES, settingsOf } from './recipes/settings.js';
import { phaseAt } from './training-run.js';
import type { NewTraining, TrainOptions } from './train-options.js';
import { partSettings } from './workers/batch-parts.js';

/** Everything that a training needs to go on from where it is. */
export interface Ready {
  readonly plan: TrainingPlan;
  readonly material: Material;
  readonly place: RunPlace;
  readonly beginning: Beginning;
  readonly state: TrainingState;
  readonly chosen: ChosenEngine;
}

/**
 * Makes a new training: its material, its folder, and a checkpoint of step 0. A UserError when
 * the corpus, the settings or the id cannot be used; nothing is left behind then.
 */
export async function begun(
  training: Training,
  work: NewTraining,
  options: TrainOptions,
): Promise<Ready> {
  const { registry } = options;
  const chosen = await engineFor(training, options.engine);
  const from = work.from === undefined ? undefined : await runIn(work.from, registry);
  const kind = work.kind ?? from?.kind ?? FAMILIES[work.family].kinds[0]!;
  checkKind(work, kind);
  const settings = settingsOf(work.family, work.recipe, {
    ...work.changes,
    ...widthsOf(from, work),
  });
  const { threads = 1, workers = 1 } = options;
  // Refused before anything is written.
  partSettings(settings, workers);
  const plan = planFor(training, kind, settings);
  const material = await materialOf(plan, { ...work, settings }, options);
  const stats = plan.normalises ? (from?.stats ?? material.stats) : null;
  const { hash: corpusHash } = material.corpus;
  const engine = chosen.engine.name;
  const content = { kind, settings, corpusHash, engine, threads, workers };
  const beginning = beginningFor(work, { ...content, stats }, from?.hash);
  const { id, seed } = beginning;
  const given = from === undefined ? {} : await weightsIn(from, plan);
  const state = training.initialState(plan.phases[0]!.design, seed, given);
  const place = runPlace(registry, id);
  await beginIn(place, async (draft) => {
    await writeSafely(draft.beginning, json(beginning));
    await writeSafely(draft.corpus, json(accountOf(material, plan)));
    await training.saveCheckpoint(draft.checkpoint, { seed, state });
  });
  return { plan, material, place, beginning, state, chosen };
}

type Decided = Pick<
  Beginning,
  'kind' | 'settings' | 'corpusHash' | 'engine' | 'threads' | 'workers' | 'stats'
>;

function beginningFor(
  { corpus, seed, command, recipe, from, id: given }: NewTraining,
  decided: Decided,
  fromHash: string | undefined,
): Beginning {
  const { kind, settings, corpusHash, engine, threads, workers } = decided;
  const content = { kind, recipe, settings, seed, corpusHash, engine, threads };
  // One worker is no more than the training was before there were several.
  const id = given ?? idFrom([content, fromHash, ...(workers > 1 ? [workers] : [])]);
  const origin = { corpus: resolve(corpus), from: from ?? null };
  return { ...decided, ...origin, recipe, seed, id, command };
}

/** Finds a training again where its last checkpoint left it. A UserError when it cannot go on. */
export async function resumed(
  training: Training,
  id: string,
  options: TrainOptions,
): Promise<Ready> {
  const place = runPlace(options.registry, id);
  const stored = await beginningOf(place);
  const chosen = await engineFor(training, stored.engine);
  await clearDrafts(place);
  const { threads = stored.threads, workers = stored.workers } = options;
  const beginning = { ...stored, threads, workers };
  partSettings(beginning.settings, workers);
  const plan = planFor(training, beginning.kind, beginning.settings);
  const material = await materialOf(plan, beginning, options);
  if (material.corpus.hash !== beginning.corpusHash) throw changed(beginning);
  const state = await stateOf(training, plan, place);
  return { plan, material, place, beginning, state, chosen };
}

async function materialOf(
  plan: TrainingPlan,
  { corpus, settings, seed }: Pick<Beginning, 'corpus' | 'settings' | 'seed'>,
  { cache, report }: TrainOptions,
): Promise<Material> {
  const onFile = (file: string, index: number, count: number): void =>
    report({ says: 'preparing', file, index, count });
  const material = await materialFor(corpus, plan, settings, { cache, onFile, seed });
  for (const each of material.corpus.skipped) report({ says: 'skipped', ...each });
  return material;
}

async function stateOf(
  training: Training,
  plan: TrainingPlan,
  { checkpoint }: RunPlace,
): Promise<TrainingState> {
  const first = plan.phases[0]!;
  // A later phase's checkpoint holds all that the first one's does, and says its step.
  const { state } = await training.loadCheckpoint(checkpoint, first.design);
  const { design } = phaseAt(plan, Math.max(1, state.step));
  if (design === first.design) return state;
  return (await training.loadCheckpoint(checkpoint, design)).state;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

function checkKind({ family }: NewTraining, kind: string): void {
  const { kinds } = FAMILIES[family];
  if (kinds.some((one) => one === kind)) return;
  const what = `a ${family} cannot be of kind '${kind}'`;
  throw new UserError({ what, where: '--kind', allowed: kinds.join(', ') });
}

/** A run of the registry that is written to, or else of any that can be seen. */
function runIn(id: string, registry: string): Promise<RunRecord> {
  const here = existsSync(runPlace(registry, id).run);
  return loadRun(id, here ? { registry } : {});
}

/** The widths of a run's networks, as far as the family's recipe names them. */
function widthsOf(
  from: RunRecord | undefined,
  { family, recipe }: NewTraining,
): Readonly<Record<string, unknown>> {
  const known = FAMILIES[family].recipes[recipe];
  const config = from?.networks[from.role]?.config ?? {};
  return Object.fromEntries(Object.entries(config).filter(([name]) => name in known));
}

async function weightsIn(
  from: RunRecord,
  { stored }: TrainingPlan,
): Promise<Readonly<Record<string, Weights>>> {
  const found: Record<string, Weights> = {};
  for (const [role, inDesign] of Object.entries(stored)) {
    const known = role as keyof TrainingPlan['stored'];
    if (from.networks[known] !== undefined) found[inDesign] = await from.weights(known);
  }
  return found;
}

function changed({ corpus, id }: Beginning): UserError {
  return new UserError({
    what: 'the corpus has changed since this training began',
    where: corpus,
    hint: `begin a new one from its weights: demiurge train … --from ${id}`,
  });
}
