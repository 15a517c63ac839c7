import { renameSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadRun, type RunRecord, saveRun, type Training } from '../../models/index.js';
import type { RunDraft } from '../../models/index.js';
import type { StepDesign, TrainingPlan, TrainingState } from '../plans/plan.js';
import type { Beginning, RunPlace } from './run-place.js';

/** A moment of a training that can be stored as a run. */
export interface Moment {
  readonly training: Training;
  readonly plan: TrainingPlan;
  readonly design: StepDesign;
  readonly state: TrainingState;
  readonly beginning: Beginning;
  /** What the card says besides. */
  readonly notes: readonly string[];
}

/** The networks of a moment, as the registry stores them. */
export function draftOf(moment: Moment): RunDraft {
  const { training, plan, design, state, beginning, notes } = moment;
  const networks = Object.entries(plan.stored).map(([role, inDesign]) => {
    const { kind, config } = design.networks[inDesign]!;
    return [role, { kind, config, weights: training.weightsOf(design, state, inDesign) }];
  });
  const { settings, recipe, seed, corpusHash, engine, threads, workers, command } = beginning;
  const told = { recipe, corpusHash, engine, threads, workers, command };
  return {
    trained: true,
    origin: { made: 'trained', seed, sources: [] },
    networks: Object.fromEntries(networks) as RunDraft['networks'],
    stats: beginning.stats,
    sampleRate: plan.sampleRate,
    hopLength: plan.hopLength,
    logBase: plan.logBase,
    settings: { ...settings, ...told, step: state.step },
    notes: [...notes],
  };
}

/** Keeps a moment as a run of its own, under an id that follows from its weights. */
export function keepVersion(place: RunPlace, moment: Moment): Promise<RunRecord> {
  return saveRun(draftOf(moment), { registry: place.registry });
}

/**
 * Stores a moment under an id, in the place of what is there. The files are written aside first
 * and then take the old ones' places at once; a process killed between two of those leaves a run
 * that is told to be altered until the training is resumed, which stores it anew.
 */
export async function storeRun(
  place: RunPlace,
  id: string,
  moment: Moment,
  finish: (folder: string) => Promise<void> = async () => {},
): Promise<RunRecord> {
  const aside = await mkdtemp(join(place.folder, '.new-'));
  const target = join(place.registry, id);
  try {
    const { folder } = await saveRun(draftOf(moment), { registry: aside, id });
    await finish(folder);
    const names = await readdir(folder);
    for (const name of names) await flush(join(folder, name));
    await mkdir(target, { recursive: true });
    for (const name of names) renameSync(join(folder, name), join(target, name));
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return loadRun(id, { registry: place.registry });
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.sync();
  await handle.close();
}
