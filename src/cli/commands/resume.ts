import { type Command, Option } from 'commander';
import { findRun } from '../../archive/index.js';
import { busPlace, duration, runId, wholeNumber } from '../option-values.js';
import { type ResumeFlags, resumeRun } from '../resume-run.js';
import { withTelemetryOptions } from '../watch/watch-flags.js';

/** `demiurge resume <run>`: goes on from the latest checkpoint of a run that was cut off. */
export function declareResume(command: Command): Command {
  return withTelemetryOptions(command)
    .argument('<run>', 'the folder of a run, or the id of one in out/')
    .option('--duration <time>', 'how long the whole lasts (default: as the run)', duration)
    .addOption(
      new Option('--clock <clock>', 'the pace (default: as the run)').choices(['virtual', 'real']),
    )
    .option('--bus <place>', 'embedded, spawn or nats://host:port (default: embedded)', busPlace)
    .option('--out <folder>', 'a new or empty folder (default: out/<run>)')
    .option('--no-dashboard', 'plain lines instead of the live display')
    .option('--json', 'print one JSON document: the summary')
    .option('--processes <count>', 'computing processes for networks', wholeNumber(1))
    .option('--run <id>', "the new run's id: eight letters and digits", runId)
    .option('--project <folder>', "the project's root, when it is no longer where it was")
    .option('--registry <folder>', 'where the runs of models are')
    .action(resume);
}

async function resume(written: string, flags: ResumeFlags): Promise<void> {
  await resumeRun(findRun(written), flags);
}
