import { type Matrix, UserError } from '../../core/index.js';

/** Mean squared errors on normalised descriptors: 1 is what their mean would give in training. */
export interface SequencerErrors {
  /** The sequencer's own. */
  readonly sequencer: number;
  /** The last frame heard, again and again. */
  readonly persistence: number;
  /** The mean of the training material, which is zero. */
  readonly mean: number;
}

/** A sequencer on windows it never saw. */
export interface SequencerEvaluation extends SequencerErrors {
  readonly windows: number;
  /** Frames predicted after each window. */
  readonly steps: number;
  /** The errors of each step, the first next to the window. */
  readonly byStep: readonly SequencerErrors[];
}

/** What continues a window of normalised descriptors [frames, d] by so many frames. */
export type Continuation = (window: Matrix, steps: number) => Promise<Matrix>;

/** What is asked of a sequencer. */
export interface SequencerOptions {
  /** Frames it hears at once. */
  readonly window: number;
  readonly steps: number;
  /** At most so many windows, evenly spread over the sequences. */
  readonly windowsMax: number;
  readonly onWindow?: (done: number, count: number) => void;
}

interface Place {
  readonly sequence: Matrix;
  readonly at: number;
}

/**
 * Lets a sequencer continue windows of normalised sequences [frames, d], whose continuations do
 * not overlap, and compares each with what followed. A UserError when no sequence is long enough.
 */
export async function evaluateSequencer(
  sequences: readonly Matrix[],
  proceed: Continuation,
  options: SequencerOptions,
): Promise<SequencerEvaluation> {
  const { window, steps, onWindow } = options;
  const places = placesIn(sequences, options);
  const sums = Array.from({ length: steps }, () => ({ sequencer: 0, persistence: 0, mean: 0 }));
  for (const [i, { sequence, at }] of places.entries()) {
    const heard = rowsOf(sequence, at, window);
    const said = await proceed(heard, steps);
    const followed = rowsOf(sequence, at + window, steps);
    sums.forEach((sum, step) => addErrors(sum, { heard, said, followed, step }));
    onWindow?.(i + 1, places.length);
  }
  const byStep = sums.map((sum) => scaled(sum, places.length));
  const total = (who: keyof SequencerErrors): number =>
    byStep.reduce((sum, errors) => sum + errors[who], 0) / steps;
  return {
    sequencer: total('sequencer'),
    persistence: total('persistence'),
    mean: total('mean'),
    windows: places.length,
    steps,
    byStep,
  };
}

function placesIn(
  sequences: readonly Matrix[],
  { window, steps, windowsMax }: SequencerOptions,
): readonly Place[] {
  const all = sequences.flatMap((sequence) => {
    const count = Math.max(0, Math.floor((sequence.rows - window) / steps));
    return Array.from({ length: count }, (_, i): Place => ({ sequence, at: i * steps }));
  });
  if (all.length === 0) {
    const what = 'no recording is long enough for a window and what follows it';
    throw new UserError({
      what,
      allowed: `${window} + ${steps} frames`,
      hint: 'ask fewer --steps',
    });
  }
  const count = Math.min(all.length, Math.max(1, windowsMax));
  return Array.from({ length: count }, (_, i) => {
    return all[Math.floor(((i + 0.5) * all.length) / count)] as Place;
  });
}

interface Judged {
  readonly heard: Matrix;
  readonly said: Matrix;
  readonly followed: Matrix;
  readonly step: number;
}

function addErrors(
  sum: { sequencer: number; persistence: number; mean: number },
  { heard, said, followed, step }: Judged,
): void {
  const size = followed.columns;
  const last = (heard.rows - 1) * size;
  for (let c = 0; c < size; c++) {
    const wanted = followed.data[step * size + c]!;
    sum.sequencer += (said.data[step * size + c]! - wanted) ** 2 / size;
    sum.persistence += (heard.data[last + c]! - wanted) ** 2 / size;
    sum.mean += wanted ** 2 / size;
  }
}

function scaled(sum: SequencerErrors, count: number): SequencerErrors {
  const { sequencer, persistence, mean } = sum;
  return { sequencer: sequencer / count, persistence: persistence / count, mean: mean / count };
}

function rowsOf({ columns, data }: Matrix, from: number, count: number): Matrix {
  return { rows: count, columns, data: data.slice(from * columns, (from + count) * columns) };
}
