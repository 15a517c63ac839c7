import { relative, resolve } from 'node:path';
import {
  type Recovery,
  type RunArchive,
  type RunOrigin,
  noteFork,
  openRun,
  recoverRun,
} from '../archive/index.js';
import { type Samples, UserError, toSeconds } from '../core/index.js';
import type { Scenario } from '../scenarios/index.js';
import { type Entry, type RunOptions, beginningOf } from '../swarm/index.js';
import { controlsOf } from './controls-of.js';
import { beganAt, lastTimeOf, reasonOf, requireWhole } from './ending.js';
import { entryAt } from './entry-at.js';
import type { Foreseen } from './foreseen.js';
import { loadReplayed } from './load-replayed.js';
import { momentOf } from './moment.js';
import type { ProjectPlace } from './recorded-sources.js';

/** Where a run goes on, and what it is set up from. */
export interface ResumeOptions extends ProjectPlace {
  /** The new run's folder. */
  readonly outFolder: string;
  /** The folder that models are looked for in. */
  readonly registry?: string;
}

/** A run that was cut off or stopped, ready to go on from its latest checkpoint. */
export interface Resumption {
  readonly run: RunArchive;
  readonly scenario: Scenario;
  /** What the run that goes on is given beside the scenario. */
  readonly options: Pick<RunOptions, 'enter' | 'plannedControls' | 'origin' | 'replaced'>;
  /** Logical seconds at which it goes on. */
  readonly atSeconds: number;
  /** How far the journal of the old run reaches; what lies between is played once more. */
  readonly cutSeconds: number;
  readonly recovery: Recovery;
  readonly foreseen: readonly Foreseen[];
  /** Takes away what was laid out to import kept kinds from; not before the run is over. */
  close(): void;
}

/**
 * Recovers the folder of a run that was killed, lost its power or was stopped, and sets it up to go
 * on where its latest checkpoint is, or anew from its beginning where it kept none. A UserError for
 * one that still plays, came to its end, or played only some of its agents.
 */
export async function resumption(folder: string, options: ResumeOptions): Promise<Resumption> {
  const recovery = await recoverRun(folder);
  const run = openRun(folder);
  requireWhole(run);
  const enter = await latestMoment(run, options);
  const at = beginningOf(enter);
  refuseOver(run, at);
  const plannedControls = (await controlsOf(run)).filter(({ time }) => time >= at);
  const { outFolder, ...place } = options;
  const { scenario, replaced, foreseen, close } = await loadReplayed(run, place);
  const origin = originOf(run, at, outFolder);
  // From now on what it enters must stay what it is.
  noteFork(resolve(outFolder, origin.folder), resolve(outFolder));
  return {
    run,
    scenario,
    options: {
      ...(enter === undefined ? {} : { enter }),
      ...(Object.keys(replaced).length === 0 ? {} : { replaced }),
      plannedControls,
      origin,
    },
    atSeconds: toSeconds(at, run.record.sampleRate),
    cutSeconds: toSeconds(lastTimeOf(run), run.record.sampleRate),
    recovery,
    foreseen,
    close,
  };
}

/** A fork that kept nothing yet goes on where it began: before, it was another run. */
async function latestMoment(run: RunArchive, place: ResumeOptions): Promise<Entry | undefined> {
  const enter = entryAt(run, Number.POSITIVE_INFINITY);
  const began = beganAt(run);
  return beginningOf(enter) < began ? momentOf(run, began, place) : enter;
}

/** What is entered is the run whose past it is: one that kept no checkpoint itself is left out. */
function originOf(run: RunArchive, at: Samples, outFolder: string): RunOrigin {
  let past = run;
  while (past.base !== undefined && at <= beganAt(past)) past = past.base;
  return {
    how: 'resume',
    run: past.record.run,
    folder: relative(resolve(outFolder), past.folder),
    at,
    ...(past === run ? {} : { after: run.record.run }),
  };
}

function refuseOver(run: RunArchive, at: Samples): void {
  const { durationSeconds, sampleRate } = run.record;
  const isLeft = durationSeconds === undefined || toSeconds(at, sampleRate) < durationSeconds;
  if (reasonOf(run) !== 'finished' && isLeft) return;
  throw new UserError({
    what: 'this run came to its end',
    where: run.folder,
    allowed: 'a run that was cut off or stopped',
    hint: `demiurge fork ${run.record.run} --at <time> --duration <longer>`,
  });
}
