import { UserError } from '../core/index.js';
import type { RunStats } from '../models/index.js';
import {
  type AnalysedCorpus,
  type PrepareOptions,
  prepareCorpus,
} from './corpus/analysed-corpus.js';
import { ofCommonestLength, type Piece, type Split, splitCorpus } from './corpus/split.js';
import { statisticsOf } from './corpus/statistics.js';
import type { TrainingPlan } from './plans/plan.js';
import type { Settings } from './recipes/settings.js';

/** What a training learns from: the corpus, analysed and parted, and its statistics. */
export interface Material {
  readonly corpus: AnalysedCorpus;
  readonly split: Split;
  readonly stats: RunStats | null;
}

/** Analyses and parts a corpus for a plan. A UserError when nothing of it can be learned from. */
export async function materialFor(
  folder: string,
  plan: TrainingPlan,
  settings: Settings,
  options: PrepareOptions & { readonly seed: number },
): Promise<Material> {
  const corpus = await prepareCorpus(folder, plan.analysis, options);
  const { split: by, held_out: heldOut } = settings;
  const { seed } = options;
  const all = splitCorpus(corpus.recordings, { split: by, heldOut, least: plan.least, seed });
  const split = plan.pieces === 'commonest' ? ofCommonestLength(all) : all;
  if (split.training.length === 0) throw tooShort(folder, plan);
  return { corpus, split, stats: plan.normalises ? statisticsOf(split.training) : null };
}

function tooShort(where: string, { least, hopLength, sampleRate }: TrainingPlan): UserError {
  const seconds = ((least * hopLength) / sampleRate).toFixed(1);
  return new UserError({
    what: 'no recording is long enough to train on',
    where,
    allowed: `at least ${seconds} s, ${least} frames`,
    hint: 'give longer recordings, or a recipe with a shorter window',
  });
}

/** What is said of the material in `training/corpus.json`. Stretches are in seconds. */
export function accountOf(
  { corpus, split }: Material,
  { hopLength, sampleRate }: TrainingPlan,
): Record<string, unknown> {
  const seconds = (frames: number): number =>
    Number(((frames * hopLength) / sampleRate).toFixed(3));
  const listed = (pieces: readonly Piece[]): unknown[] =>
    pieces.map(({ recording, from, frames }) => ({
      file: recording.file,
      from: seconds(from),
      seconds: seconds(frames),
    }));
  const files = corpus.recordings.map(({ file, sha256, seconds: length }) => {
    return { file, sha256, seconds: length };
  });
  return {
    folder: corpus.folder,
    hash: corpus.hash,
    files,
    skipped: corpus.skipped,
    heldOutBy: split.by,
    training: listed(split.training),
    heldOut: listed(split.heldOut),
  };
}
