import { messageOf } from '../core/index.js';
import { loadTraining } from '../models/index.js';
import { begun, type Ready, resumed } from './begin.js';
import type { Beginning } from './folder/run-place.js';
import type { Losses } from './held-out.js';
import type { Settings } from './recipes/settings.js';
import type { TrainOptions, TrainResult } from './train-options.js';
import type { Begun, Ended } from './tracking/tracker.js';
import { Tracking } from './tracking/tracking.js';
import { TrainingRun } from './training-run.js';

/**
 * Begins or resumes a training and goes on until its steps are done, its minutes are over, or it
 * is asked to stop. Throws a UserError for whatever the caller can mend.
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const training = await loadTraining();
  const { work, report } = options;
  const ready =
    'resume' in work
      ? await resumed(training, work.resume, options)
      : await begun(training, work, options);
  const { place } = ready;
  const { engine, why } = ready.chosen;
  report({ says: 'begun', id: place.id, engine: engine.name, why });
  const warn = (fault: string): void => report({ says: 'untracked', fault });
  const tracking = new Tracking(place, options.trackers ?? [], warn);
  try {
    await tracking.track(begunBy(ready));
    const run = await TrainingRun.open({ ...ready, training, engine, tracking });
    const done = await trained(run, ready, options, tracking);
    return { ...done, tracked: await tracking.close() };
  } finally {
    await tracking.close();
  }
}

async function trained(
  run: TrainingRun,
  ready: Ready,
  options: TrainOptions,
  tracking: Tracking,
): Promise<Omit<TrainResult, 'tracked'>> {
  const ended = (how: Ended['how'], why: string | null): Promise<void> =>
    tracking.track({ event: 'ended', step: run.step, how, why });
  try {
    const { workers } = ready.beginning;
    options.report({ says: 'compiled', step: run.step, nodes: run.nodes, workers });
    const done = await practised(run, ready.beginning, options);
    await ended(done.ended, null);
    return { ...done, ...summaryOf(ready, run) };
  } catch (thrown) {
    await ended('failed', messageOf(thrown));
    throw thrown;
  } finally {
    await run.close();
  }
}

async function practised(
  run: TrainingRun,
  { settings }: Beginning,
  { steps, minutes, now, stopped, report }: TrainOptions,
): Promise<Pick<TrainResult, 'losses' | 'secondsPerStep' | 'ended'>> {
  const target = steps ?? (minutes === undefined ? settings.steps : Infinity);
  const began = now();
  const deadline = minutes === undefined ? Infinity : began + minutes * 60;
  const first = run.step;
  let losses: Losses | null = null;
  let saved = -1;
  while (run.step < target && now() < deadline && !stopped()) {
    losses = await run.advance();
    report({ says: 'step', step: run.step, phase: run.phase, losses });
    if (await rested(run, settings, report)) saved = run.step;
  }
  const done = run.step - first;
  if (saved !== run.step) await run.checkpoint();
  const secondsPerStep = done === 0 ? null : (now() - began) / done;
  await run.store();
  if (settings.preview_every > 0) await run.preview();
  return { losses, secondsPerStep, ended: endedBy(run.step >= target, stopped()) };
}

/** What trackers are told before anything else; the files then forget what is later than that. */
function begunBy({ beginning, place, plan, state }: Ready): Begun {
  const { id: run, recipe, seed, engine, threads, corpusHash, from, settings } = beginning;
  const setting = { recipe, seed, engine, threads, corpusHash, from, settings };
  const { kind } = plan;
  return { event: 'begun', step: state.step, run, kind, folder: place.folder, ...setting };
}

function endedBy(complete: boolean, asked: boolean): TrainResult['ended'] {
  if (complete) return 'steps';
  return asked ? 'asked' : 'minutes';
}

/** Does what is due after a step; the checkpoint comes last. Returns whether one was written. */
async function rested(
  run: TrainingRun,
  settings: Settings,
  report: TrainOptions['report'],
): Promise<boolean> {
  const { step } = run;
  const due = (every: number): boolean => every > 0 && step % every === 0;
  if (due(settings.evaluate_every)) {
    const heldOut = await run.evaluate();
    if (heldOut) report({ says: 'heard', step, heldOut });
    await run.store();
  }
  if (due(settings.preview_every)) await run.preview();
  if (due(settings.snapshot_every)) report({ says: 'kept', step, id: await run.keep() });
  if (due(settings.checkpoint_every)) await run.checkpoint();
  return due(settings.checkpoint_every);
}

function summaryOf(
  { plan, material, place, beginning }: Ready,
  run: TrainingRun,
): Omit<TrainResult, 'losses' | 'secondsPerStep' | 'ended' | 'tracked'> {
  const { hash, recordings, skipped } = material.corpus;
  return {
    id: place.id,
    folder: place.run,
    kind: plan.kind,
    step: run.step,
    phase: run.phase,
    heldOut: run.heldOut ?? null,
    best: run.best,
    engine: beginning.engine,
    workers: beginning.workers,
    corpus: { hash, files: recordings.length, skipped: skipped.length },
  };
}
