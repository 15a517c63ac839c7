import type { ChildProcess } from 'node:child_process';
import { Option } from 'commander';
import type { Command } from 'commander';
import { withBusOptions } from '../bus-flags.js';
import { busPlace, duration, names, runId, wholeNumber } from '../option-values.js';
import { withTelemetryOptions } from '../watch/watch-flags.js';
import { isShown } from '../watch/watch.js';
import type { RunFlags } from '../perform.js';

type Flags = RunFlags & { readonly resume?: true };

/** `demiurge run [scenario]`, the main scenario unless one is named. */
export function declareRun(command: Command): Command {
  return withBusOptions(withTelemetryOptions(command))
    .argument('[scenario]', 'a scenario file (default: the main one)')
    .option('--duration <time>', 'how much music, such as 30s or 2min', duration)
    .addOption(new Option('--forever', 'without an end').conflicts('duration'))
    .addOption(
      new Option(
        '--resume',
        'go on with its latest run in out/ that is not over, if there is one',
      ).conflicts(['out', 'only']),
    )
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

/** What is seen first is loaded first: the dashboard loads itself while the engine is loaded. */
async function run(file: string | undefined, flags: Flags): Promise<void> {
  const shown = flags.telemetry !== false && isShown(flags);
  const waiting = shown ? await startedDashboard() : undefined;
  try {
    await play(file, flags, waiting);
  } finally {
    // One that was never told what to show has not touched the terminal.
    waiting?.kill('SIGKILL');
  }
}

async function play(
  file: string | undefined,
  flags: Flags,
  waiting: ChildProcess | undefined,
): Promise<void> {
  const { mainScenario, openScenario } = await import('../open-scenario.js');
  const { perform } = await import('../perform.js');
  const { seed, registry, only } = flags;
  const named = file ?? mainScenario();
  if (flags.resume === true) {
    const { playLatest } = await import('../resume-run.js');
    if (await playLatest(named, flags, waiting)) return;
  }
  const scenario = await openScenario(named, {
    ...(seed === undefined ? {} : { seed }),
    ...(registry === undefined ? {} : { registry }),
  });
  await perform(scenario, flags, only === undefined ? {} : { only }, waiting);
}

async function startedDashboard(): Promise<ChildProcess> {
  const { startDashboard } = await import('../watch/dashboard-process.js');
  return startDashboard();
}
