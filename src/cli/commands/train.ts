import type { Command } from 'commander';
import { UserError } from '../../core/index.js';
import { NETWORK_KINDS } from '../../models/index.js';
import { ENGINES, FAMILIES, RECIPES, train } from '../../training/index.js';
import type { Family, NewTraining, RecipeName, TrainResult } from '../../training/index.js';
import { nearest } from '../nearest.js';
import { interruptSignal } from '../interrupt-signal.js';
import { runId, wholeNumber } from '../option-values.js';
import { complain, say, sayJson } from '../output.js';
import { changesOf, commandOf, minutes, refuseAtResume } from './train-flags.js';
import { trainProgress } from './train-progress.js';
import { trackerOf } from './train-tracker.js';

interface TrainFlags {
  readonly corpus?: string;
  readonly kind?: string;
  readonly recipe: string;
  readonly steps?: number;
  readonly minutes?: number;
  readonly resume?: string;
  readonly from?: string;
  readonly engine: string;
  readonly threads?: number;
  readonly workers?: number;
  readonly seed: number;
  readonly id?: string;
  readonly settings?: string;
  readonly set?: readonly string[];
  readonly registry: string;
  readonly cache: string;
  readonly track?: string;
  readonly json?: true;
}

/** `demiurge train una-gan|mel-gan|hifi-gan|sequencer --corpus <dir>`. */
export function declareTrain(command: Command): Command {
  return command
    .argument('[network]', Object.keys(FAMILIES).join(', '))
    .option('--corpus <folder>', 'recordings to learn from: wav, flac, mp3, ogg, aiff')
    .option('--kind <kind>', 'which network of its family (default: the first that help lists)')
    .option('--recipe <name>', RECIPES.join(', '), 'small')
    .option('--settings <file>', 'a JSON object of settings that replace the recipe’s')
    .option('--set <key=value...>', 'replace settings of the recipe, one by one')
    .option('--steps <count>', 'steps in all (default: the recipe’s)', wholeNumber(1))
    .option('--minutes <number>', 'stop after so many minutes of this call', minutes)
    .option('--resume <id>', 'go on with a training where its last checkpoint left it', runId)
    .option('--from <id>', 'begin with the weights of another run', runId)
    .option('--engine <name>', ENGINES.join(', '), 'auto')
    .option('--threads <count>', 'computing threads (default: 1)', wholeNumber(1))
    .option('--workers <count>', 'processes that share every batch (default: 1)', wholeNumber(1))
    .option('--seed <number>', 'where all chance comes from', wholeNumber(0), 1)
    .option('--id <id>', 'the id to give: eight letters and digits', runId)
    .option('--registry <folder>', 'where runs are', 'runs')
    .option('--cache <folder>', 'where analyses of recordings are kept', '.cache/training')
    .option('--track <where>', 'wandb[:project[/run]], or a command that reads JSON lines')
    .option('--json', 'print one JSON document at the end; progress goes to stderr')
    .addHelpText('after', HELP)
    .action(trainNetwork);
}

const HELP = `
Kinds: ${Object.entries(FAMILIES)
  .map(([family, { kinds }]) => `${family}: ${kinds.join(', ')}`)
  .join('; ')}.
Ctrl-C saves and leaves; so does the end of the minutes. A training that was killed goes on with
--resume as if nothing had happened. Its files are in <registry>/<id>/training.`;

async function trainNetwork(
  name: string | undefined,
  flags: TrainFlags,
  command: Command,
): Promise<void> {
  if (flags.resume !== undefined) refuseAtResume(name, command);
  const work =
    flags.resume === undefined ? await newTraining(name, flags) : { resume: flags.resume };
  const { registry, cache, engine, threads, workers, steps, minutes: most, track } = flags;
  const now = (): number => performance.now() / 1000;
  const tell = flags.json === true ? complain : say;
  const leaving = interruptSignal(() => {
    tell('saving after this step (Ctrl-C again stops at once)');
  });
  const curve = process.stdout.isTTY && flags.json !== true;
  const report = trainProgress({ steps, minutes: most, curve, now, tell });
  try {
    const result = await train({
      work,
      registry,
      cache,
      engine,
      now,
      report,
      ...(threads === undefined ? {} : { threads }),
      ...(workers === undefined ? {} : { workers }),
      ...(steps === undefined ? {} : { steps }),
      ...(most === undefined ? {} : { minutes: most }),
      ...(track === undefined ? {} : { trackers: [trackerOf(track)] }),
      stopped: () => leaving.signal.aborted,
    });
    conclude(result, flags);
  } finally {
    leaving.forget();
  }
}

async function newTraining(name: string | undefined, flags: TrainFlags): Promise<NewTraining> {
  const { corpus, recipe, seed, steps, id, from } = flags;
  const family = nearest('network', name ?? '', named(Object.keys(FAMILIES) as Family[]));
  if (corpus === undefined) {
    const hint = `demiurge train ${family} --corpus <folder>`;
    throw new UserError({ what: 'there is nothing to learn from', where: '--corpus', hint });
  }
  const kind = flags.kind === undefined ? {} : { kind: nearestKind(flags.kind) };
  return {
    family,
    corpus,
    seed,
    ...kind,
    recipe: nearest('recipe', recipe, named(RECIPES as readonly RecipeName[])),
    changes: { ...(await changesOf(flags)), ...(steps === undefined ? {} : { steps }) },
    ...(id === undefined ? {} : { id }),
    ...(from === undefined ? {} : { from }),
    command: commandOf(family, flags),
  };
}

function nearestKind(kind: string): (typeof NETWORK_KINDS)[number] {
  return nearest('network', kind, named(NETWORK_KINDS));
}

function named<T extends string>(names: readonly T[]): ReadonlyMap<string, T> {
  return new Map(names.map((name) => [name, name]));
}

function conclude(result: TrainResult, { json, registry }: TrainFlags): void {
  const place = registry === 'runs' ? '' : ` --registry ${registry}`;
  const resume = `demiurge train --resume ${result.id}${place}`;
  if (json === true) return sayJson({ ...result, resume });
  const { id, step, kind, folder, best, ended, secondsPerStep, corpus } = result;
  const pace = secondsPerStep === null ? '' : `, ${secondsPerStep.toFixed(3)} s a step`;
  say(`${id}  ${kind}, step ${step}${pace}, in ${folder}`);
  if (corpus.skipped > 0) say(`  ${corpus.skipped} files were skipped: see training/corpus.json`);
  for (const { sent, dropped } of result.tracked) {
    if (dropped > 0) say(`  the tracker had ${sent} records; ${dropped} were dropped`);
  }
  for (const each of best) {
    say(`  best ${each.phase}: ${each.figure.toPrecision(4)} at step ${each.step}, run ${each.id}`);
  }
  if (ended !== 'steps') say(`  go on: ${resume}`);
}
