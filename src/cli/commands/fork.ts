import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { type RunArchive, findRun, openRun } from '../../archive/index.js';
import { type ForkOptions, forkRun, readSetting } from '../../replay/index.js';
import { type Summary, newRunId } from '../../swarm/index.js';
import { accountOf } from '../account.js';
import { interruptSignal } from '../interrupt-signal.js';
import { duration, moment, wholeNumber } from '../option-values.js';
import { complain, say, sayJson } from '../output.js';
import { PlainWatcher } from '../watch/plain-watcher.js';

interface ForkFlags {
  readonly at: number;
  readonly set?: readonly string[];
  readonly seed?: number;
  readonly count: number;
  readonly duration?: number;
  readonly clock?: 'virtual' | 'real';
  readonly out?: string;
  readonly project?: string;
  readonly registry?: string;
  readonly json?: true;
}

/** `demiurge fork <run> --at <time>`: enter a run in the past, and go another way. */
export function declareFork(command: Command): Command {
  return command
    .argument('<run>', 'the folder of a run, or the id of one in out/')
    .requiredOption('--at <time>', 'where to enter it, such as 90s or 12min', moment)
    .option('--set <path=value...>', 'change a value, such as agents.una.feedback=0.9')
    .option('--seed <number>', 'another seed from there on; models stay', wholeNumber(0))
    .option('--count <number>', 'so many futures, each with a seed of its own', wholeNumber(1), 1)
    .option('--duration <time>', 'how long the whole lasts (default: as the run)', duration)
    .addOption(new Option('--clock <clock>', 'the pace').choices(['virtual', 'real']))
    .option('--out <folder>', 'a new or empty folder (default: out/<run>)')
    .option('--project <folder>', "the project's root, when it is no longer where it was")
    .option('--registry <folder>', 'where the runs of models are')
    .option('--json', 'print one JSON document: the summaries')
    .action(fork);
}

async function fork(written: string, flags: ForkFlags): Promise<void> {
  const run = openRun(findRun(written));
  const settings = await Promise.all((flags.set ?? []).map(readSetting));
  const summaries: Summary[] = [];
  for (const seed of seedsOf(run, flags)) {
    const summary = await play(run, { ...optionsOf(flags), settings, seed }, flags);
    summaries.push(summary);
    if (summary.reason === 'asked') break;
  }
  if (flags.json === true) sayJson(flags.count === 1 ? summaries[0] : summaries);
}

type Plan = Omit<ForkOptions, 'outFolder' | 'run' | 'onEvent' | 'signal'>;

/** A fork without a seed of its own goes on as it went; of several, each has another. */
function seedsOf({ record }: RunArchive, { seed, count }: ForkFlags): readonly number[] {
  if (count === 1) return [seed ?? record.seed];
  return Array.from({ length: count }, (_, n) => (seed ?? record.seed + 1) + n);
}

async function play(run: RunArchive, plan: Plan, flags: ForkFlags): Promise<Summary> {
  const id = newRunId();
  const { record } = run;
  const tell = flags.json === true ? complain : say;
  const clock = plan.clock ?? 'virtual';
  const title = `${record.title}, from ${flags.at} s of ${record.run}`;
  const programme = { title, run: id, clock, seed: plan.seed ?? record.seed };
  const durationSeconds = plan.durationSeconds ?? record.durationSeconds;
  const watcher = new PlainWatcher({ ...programme, durationSeconds }, tell);
  const drain = interruptSignal(() => watcher.note('draining: what was said is still played'));
  try {
    const summary = await forkRun(run, {
      ...plan,
      run: id,
      outFolder: folderOf(flags, id),
      signal: drain.signal,
      onEvent: watcher.hear.bind(watcher),
    });
    if (flags.json !== true) say(`\n${accountOf(summary)}\n`);
    return summary;
  } finally {
    drain.forget();
  }
}

function folderOf({ out, count }: ForkFlags, id: string): string {
  if (out === undefined) return join('out', id);
  return count === 1 ? out : join(out, id);
}

function optionsOf({ at, duration: seconds, clock, project, registry }: ForkFlags): Plan {
  return {
    atSeconds: at,
    ...(seconds === undefined ? {} : { durationSeconds: seconds }),
    ...(clock === undefined ? {} : { clock }),
    ...(project === undefined ? {} : { project }),
    ...(registry === undefined ? {} : { registry }),
  };
}
