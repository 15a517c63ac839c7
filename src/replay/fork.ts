import { relative, resolve } from 'node:path';
import { type RunArchive, noteFork } from '../archive/index.js';
import { type Samples, UserError, toSamples } from '../core/index.js';
import type { Scenario } from '../scenarios/index.js';
import { type Checkpoint, type RunOptions, type Summary, runSwarm } from '../swarm/index.js';
import { controlsOf } from './controls-of.js';
import { extentOf } from './ending.js';
import { type SettingUp, loadReplayed } from './load-replayed.js';
import { momentOf } from './moment.js';

type Passed = 'clock' | 'run' | 'signal' | 'controls' | 'onEvent' | 'telemetry' | 'processes';

/** How a run is entered in the past and goes another way. */
export interface ForkOptions extends SettingUp, Pick<RunOptions, Passed> {
  /** Logical seconds from the beginning; to the sample. */
  readonly atSeconds: number;
  readonly outFolder: string;
  /** How long the whole lasts, from the beginning; as long as the run unless given. */
  readonly durationSeconds?: number;
}

/**
 * Enters a run at a moment and plays on from there into a folder of its own, which begins where
 * the run's past ends. Nothing changed, nothing differs. A UserError for a moment the run never
 * reached, or a change that leaves other agents or links than there were.
 */
export async function forkRun(run: RunArchive, options: ForkOptions): Promise<Summary> {
  const { outFolder, atSeconds, durationSeconds, ...rest } = options;
  const { sampleRate } = run.record;
  const at = toSamples(atSeconds, sampleRate);
  const seconds = durationSeconds ?? extentOf(run).seconds;
  if (seconds !== undefined && toSamples(seconds, sampleRate) <= at) {
    throw new UserError({
      what: `there is nothing to play after ${atSeconds} s`,
      allowed: `a moment before ${seconds} s`,
      hint: '--duration <time> longer than that',
    });
  }
  // The moment is that of the run as it was; only then is anything changed.
  const { settings: _, seed: __, replace: ___, ...place } = rest;
  const enter = await momentOf(run, at, place);
  const replayed = await loadReplayed(run, { ...rest, foreseeing: false });
  try {
    if (enter !== undefined) requireSameWeb(enter.checkpoint, replayed.scenario);
    // From now on the run must stay what it is.
    noteFork(run.folder, resolve(outFolder));
    return await runSwarm(replayed.scenario, {
      ...passedOn(options),
      outFolder,
      ...(enter === undefined ? {} : { enter }),
      ...(seconds === undefined ? {} : { durationSeconds: seconds }),
      ...(Object.keys(replayed.replaced).length === 0 ? {} : { replaced: replayed.replaced }),
      plannedControls: await controlsFrom(run, at),
      origin: {
        how: 'fork',
        run: run.record.run,
        folder: relative(resolve(outFolder), run.folder),
        at,
      },
    });
  } finally {
    replayed.close();
  }
}

async function controlsFrom(
  run: RunArchive,
  at: Samples,
): Promise<NonNullable<RunOptions['plannedControls']>> {
  return (await controlsOf(run)).filter(({ time }) => time >= at);
}

function passedOn(options: ForkOptions): Pick<RunOptions, Passed> {
  const { clock, run, signal, controls, onEvent, telemetry, processes } = options;
  return {
    clock: clock ?? 'virtual',
    ...(run === undefined ? {} : { run }),
    ...(signal === undefined ? {} : { signal }),
    ...(controls === undefined ? {} : { controls }),
    ...(onEvent === undefined ? {} : { onEvent }),
    ...(telemetry === undefined ? {} : { telemetry }),
    ...(processes === undefined ? {} : { processes }),
  };
}

/** What is under way at a moment is under way between its agents, across its links. */
function requireSameWeb({ seats, lines }: Checkpoint, { cast, topology }: Scenario): void {
  const [then, now] = [seats.map(({ id }) => id), cast.map(({ id }) => id)];
  const stranger = now.find((id) => !then.includes(id)) ?? then.find((id) => !now.includes(id));
  if (stranger === undefined && lines.length === topology.links.length) return;
  throw new UserError({
    what:
      stranger === undefined
        ? `there were ${lines.length} links then, and there are ${topology.links.length} now`
        : `agent ${stranger} was not there then, or is not there now`,
    allowed: 'other params, kinds, models, limits and seeds, but the same agents and links',
    hint: '--at 0 plays the changed scenario from the beginning',
  });
}
