import { join } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { Scenario } from '../../scenarios/index.js';
import { newRunId, runSwarm } from '../../swarm/index.js';
import type { RunOptions, Summary } from '../../swarm/index.js';
import { accountOf } from '../account.js';
import { interruptSignal } from '../interrupt-signal.js';
import { mainScenario, openScenario } from '../open-scenario.js';
import { busPlace, duration, names, runId, wholeNumber } from '../option-values.js';
import { say, sayJson } from '../output.js';
import { openTelemetry } from '../watch/telemetry-desk.js';
import { withTelemetryOptions } from '../watch/watch-flags.js';
import type { TelemetryFlags } from '../watch/watch-flags.js';
import { watch } from '../watch/watch.js';

/** What `run` and `agent` may be told. */
export interface RunFlags extends TelemetryFlags {
  readonly duration?: number;
  readonly clock?: 'virtual' | 'real';
  readonly seed?: number;
  readonly bus?: string;
  readonly out?: string;
  readonly dashboard?: boolean;
  readonly only?: readonly string[];
  readonly json?: true;
  readonly processes?: number;
  readonly run?: string;
  readonly registry?: string;
}

/** `demiurge run [scenario]`, the main scenario unless one is named. */
export function declareRun(command: Command): Command {
  return withTelemetryOptions(command)
    .argument('[scenario]', 'a scenario file (default: the main one)')
    .option('--duration <time>', 'how much music, such as 30s or 2min', duration)
    .addOption(new Option('--clock <clock>', 'the pace').choices(['virtual', 'real']))
    .option('--seed <number>', 'where all chance comes from', wholeNumber(0))
    .option('--bus <place>', 'embedded, spawn or nats://host:port (default: embedded)', busPlace)
    .option('--out <folder>', 'a new or empty folder for the run (default: out/<run>)')
    .option('--no-dashboard', 'plain lines instead of the live display')
    .option('--only <agents>', 'play these agents only; the others play elsewhere', names)
    .option('--json', 'print one JSON document: the summary')
    .option('--processes <count>', 'computing processes for networks', wholeNumber(1))
    .option('--run <id>', "the run's id: eight letters and digits", runId)
    .option('--registry <folder>', 'where the runs of models are')
    .action(run);
}

async function run(file: string | undefined, flags: RunFlags): Promise<void> {
  const { seed, registry } = flags;
  const scenario = await openScenario(file ?? mainScenario(), {
    ...(seed === undefined ? {} : { seed }),
    ...(registry === undefined ? {} : { registry }),
  });
  const { only } = flags;
  await perform(scenario, flags, only === undefined ? {} : { only });
}

/** Plays a scenario, shows it as the terminal allows, drains on Ctrl-C, and prints the account. */
export async function perform(
  scenario: Scenario,
  flags: RunFlags,
  more: Pick<RunOptions, 'only' | 'follow'>,
): Promise<void> {
  const run = flags.run ?? newRunId();
  const durationSeconds = flags.duration ?? scenario.durationSeconds;
  // A swarm split over several machines has only the wall's time in common.
  const clock = more.only === undefined ? (flags.clock ?? scenario.clock) : 'real';
  const { title, seed } = scenario;
  const desk = await openTelemetry(run, flags, more.follow === true);
  const watcher = await watch({ title, run, clock, seed, durationSeconds }, flags, desk);
  const drain = interruptSignal(() => {
    watcher.note('draining: what was said is still played (Ctrl-C again stops at once)');
  });
  let summary: Summary;
  let failure: unknown;
  try {
    summary = await runSwarm(scenario, {
      ...optionsOf(flags, run),
      ...more,
      ...desk.options,
      signal: drain.signal,
      onEvent: watcher.hear.bind(watcher),
    });
  } catch (thrown) {
    failure = thrown;
    throw thrown;
  } finally {
    drain.forget();
    await desk.close(failure);
    await watcher.close();
  }
  if (flags.json === true) sayJson(summary);
  else say(`\n${accountOf(summary)}`);
}

function optionsOf({ clock, duration, bus, out, processes }: RunFlags, run: string): RunOptions {
  return {
    run,
    outFolder: out ?? join('out', run),
    ...(clock === undefined ? {} : { clock }),
    ...(duration === undefined ? {} : { durationSeconds: duration }),
    ...(bus === undefined ? {} : { bus }),
    ...(processes === undefined ? {} : { processes }),
  };
}
