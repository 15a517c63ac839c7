import type { Command } from 'commander';
import { loadRun } from '../../models/index.js';
import type { Evaluation } from '../../training/index.js';
import { duration, wholeNumber } from '../option-values.js';
import { columns, complain, say, sayJson } from '../output.js';

interface EvaluateFlags {
  readonly corpus: string;
  readonly seconds?: number;
  readonly steps: number;
  readonly seed: number;
  readonly threads?: number;
  readonly registry?: string;
  readonly json?: true;
}

/** `demiurge models evaluate <id> --corpus <folder>`. */
export function declareEvaluate(models: Command): void {
  models
    .command('evaluate <id>')
    .summary('measure a run on recordings it never heard, beside its plain peers')
    .requiredOption('--corpus <path>', 'a folder of recordings, or one: all of it is judged')
    .option('--seconds <time>', 'how much of it at most (default: by the kind of run)', duration)
    .option('--steps <count>', 'frames for a sequencer to predict', wholeNumber(1), 40)
    .option('--seed <number>', 'where all chance comes from', wholeNumber(0), 1)
    .option('--threads <count>', 'computing threads', wholeNumber(1))
    .option('--registry <folder>', 'where runs are (default: runs here, then the package’s own)')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nWhat the figures mean is in docs/evaluation.md.')
    .action(evaluate);
}

async function evaluate(id: string, { json, registry, ...options }: EvaluateFlags): Promise<void> {
  // The other commands on models need not wait for all of training to load.
  const { evaluateRun } = await import('../../training/index.js');
  const run = await loadRun(id, registry === undefined ? {} : { registry });
  const evaluation = await evaluateRun(run, { ...options, onProgress: tenths() });
  if (json === true) return sayJson(evaluation);
  const { kind, trained, corpus, skipped } = evaluation;
  say(`${run.id}  ${kind}, ${trained ? 'trained' : 'untrained'}, on ${corpus}\n`);
  say(columns(tableOf(evaluation)));
  for (const { file, reason } of skipped) complain(`skipped ${file}: ${reason}`);
}

/** Says how far it is, ten times at most. */
function tenths(): (done: number, count: number) => void {
  let said = 0;
  return (done, count) => {
    const tenth = Math.floor((10 * done) / count);
    if (tenth === said) return;
    said = tenth;
    complain(`  ${done} of ${count}`);
  };
}

type Table = readonly (readonly string[])[];

function tableOf(evaluation: Evaluation): Table {
  if (evaluation.role === 'vocoder') return vocoderTable(evaluation);
  return evaluation.role === 'generator' ? generatorTable(evaluation) : sequencerTable(evaluation);
}

type Of<Role extends Evaluation['role']> = Extract<Evaluation, { readonly role: Role }>;

function vocoderTable({ vocoder, griffinLim, seconds, files }: Of<'vocoder'>): Table {
  const head = `${seconds.toFixed(1)} s of ${files.length} recordings`;
  return [
    [head, 'this vocoder', 'Griffin–Lim'],
    ['log-mel distance, dB', vocoder.melDb.toFixed(2), griffinLim.melDb.toFixed(2)],
    ['spectral convergence', vocoder.convergence.toFixed(3), griffinLim.convergence.toFixed(3)],
    ['log magnitude', vocoder.logMagnitude.toFixed(3), griffinLim.logMagnitude.toFixed(3)],
  ];
}

function generatorTable({ clips, seconds, frechet, spread, diversity }: Of<'generator'>): Table {
  const { generated, corpus } = spread;
  return [
    [`${seconds.toFixed(1)} s in ${clips} clips`, 'generated', 'corpus'],
    ['Fréchet distance, dB²', frechet.generated.toFixed(0), frechet.corpus.toFixed(0)],
    ['  of noise with its spectrum', frechet.noise.toFixed(0)],
    ['  of that noise at its loudness', frechet.followingNoise.toFixed(0)],
    ['spread between sounds, dB', generated.between.toFixed(1), corpus.between.toFixed(1)],
    ['spread within a sound, dB', generated.within.toFixed(1), corpus.within.toFixed(1)],
    ['diversity', diversity.toFixed(2), '1'],
  ];
}

function sequencerTable({ windows, steps, byStep, ...all }: Of<'sequencer'>): Table {
  const rows: [string, { sequencer: number; persistence: number; mean: number }][] = [
    ['mean squared error', all],
    ['  first step', byStep[0]!],
    ['  last step', byStep.at(-1)!],
  ];
  return [
    [`${windows} windows, ${steps} steps`, 'this sequencer', 'persistence', 'mean'],
    ...rows.map(([name, { sequencer, persistence, mean }]) => [
      name,
      ...[sequencer, persistence, mean].map((value) => value.toFixed(4)),
    ]),
  ];
}
