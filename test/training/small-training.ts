import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewTraining, TrainOptions, TrainResult } from '../../src/training/index.js';
import { train } from '../../src/training/index.js';

/** What of a new training a test chooses. */
export type Chosen = Partial<NewTraining> & Pick<NewTraining, 'family'>;

/** Trains a tiny recipe on a corpus; everything it writes is in the folder. */
export function trainedIn(
  folder: string,
  corpus: string,
  chosen: Chosen,
  options: Partial<TrainOptions> = {},
): Promise<TrainResult> {
  const base = { recipe: 'tiny', corpus, seed: 1, changes: {}, command: 'the very words' } as const;
  return train({ ...placed(folder), work: { ...base, ...chosen }, ...options });
}

/** Goes on with a training in the folder. */
export function resumedIn(
  folder: string,
  id: string,
  options: Partial<TrainOptions> = {},
): Promise<TrainResult> {
  return train({ ...placed(folder), work: { resume: id }, ...options });
}

function placed(folder: string): Omit<TrainOptions, 'work'> {
  return {
    registry: join(folder, 'runs'),
    cache: join(folder, 'cache'),
    engine: 'auto',
    now: () => 0,
    stopped: () => false,
    report: () => {},
  };
}

type Figures = Readonly<Record<string, number>>;

/** The losses of every step, as the history of a run has them. */
export function lossesIn(folder: string): readonly Figures[] {
  return historyIn(folder).flatMap(({ losses }) => (losses === undefined ? [] : [losses]));
}

/** The held-out figures of every evaluation, as the history of a run has them. */
export function heldOutIn(folder: string): readonly Figures[] {
  return historyIn(folder).flatMap(({ heldOut }) => (heldOut === undefined ? [] : [heldOut]));
}

function historyIn(
  folder: string,
): readonly { readonly losses?: Figures; readonly heldOut?: Figures }[] {
  const text = readFileSync(join(folder, 'training', 'history.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ReturnType<typeof historyIn>[number]);
}
