import type { AnalysedCorpus } from '../corpus/analysed-corpus.js';
import type { Split } from '../corpus/split.js';
import type { Losses } from '../held-out.js';
import type { Beginning } from './run-place.js';

/** What a card tells of a training besides what every run's card tells. */
export interface TrainingFacts {
  readonly beginning: Beginning;
  readonly corpus: AnalysedCorpus;
  readonly split: Split;
  readonly step: number;
  readonly phase: string;
  readonly losses: Losses | undefined;
  readonly heldOut: Losses | undefined;
  readonly best: readonly { readonly says: string }[];
}

/** The sections of a card that tell how the run was trained and how to do the same again. */
export function trainingCard(facts: TrainingFacts): string {
  const { beginning, corpus, split, step, phase, losses, heldOut, best } = facts;
  const { recipe, seed, from, command } = beginning;
  const files = corpus.recordings.length;
  const lines = [
    `${step} steps of the recipe ${recipe}, the last of the phase ${phase}`,
    `${computedBy(beginning)}, seed ${seed}`,
    ...(from === null ? [] : [`begun with the weights of run ${from}`]),
    `corpus: ${files} recordings, ${minutesOf(corpus)} minutes, hash \`${corpus.hash}\``,
    `held out by ${split.by}: ${split.heldOut.length} pieces that were never learned from`,
    ...corpus.skipped.map(({ file, reason }) => `skipped \`${file}\`: ${reason}`),
    ...figures('losses of the last step', losses),
    ...figures('held-out losses', heldOut),
    ...best.map(({ says }) => says),
  ];
  const list = lines.map((line) => `- ${line}`).join('\n');
  const steps = `--steps ${step}`;
  const again = command.includes('--steps ')
    ? command.replace(/--steps \d+/, steps)
    : `${command} ${steps}`;
  return `\n## Training\n\n${list}\n\n## Again\n\n\`\`\`\n${again}\n\`\`\`\n`;
}

function computedBy({ engine, threads, workers }: Beginning): string {
  const each = `${threads} thread${threads === 1 ? '' : 's'}`;
  return `engine ${engine}, ${workers === 1 ? each : `${workers} workers of ${each} each`}`;
}

function minutesOf({ recordings }: AnalysedCorpus): string {
  return (recordings.reduce((sum, { seconds }) => sum + seconds, 0) / 60).toFixed(1);
}

function figures(title: string, losses: Losses | undefined): readonly string[] {
  if (losses === undefined) return [];
  const parts = Object.entries(losses).map(([name, loss]) => `${name} ${loss.toPrecision(5)}`);
  return [`${title}: ${parts.join(', ')}`];
}
