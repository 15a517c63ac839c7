import { inFeatureOrder, mfcc39, mfcc39SamplesMin } from '../../audio/index.js';
import type { Matrix } from '../../core/index.js';
import type { RunStats } from '../../models/index.js';
import { readRecordings, recordingPaths, type SkippedFile } from '../corpus/recordings.js';

/** The MFCC-39 strings of a corpus, one a recording, columns as the sequencers have them. */
export interface Sequences {
  readonly sequences: readonly Matrix[];
  readonly skipped: readonly SkippedFile[];
}

/** Describes every recording of a corpus, raw; recordings too short for it are left out. */
export async function describeCorpus(
  corpus: string,
  { sampleRate, hopLength }: { readonly sampleRate: number; readonly hopLength: number },
): Promise<Sequences> {
  const skipped: SkippedFile[] = [];
  const sequences: Matrix[] = [];
  const recordings = readRecordings(await recordingPaths(corpus), sampleRate, skipped);
  for await (const { file, samples } of recordings) {
    if (samples.length < mfcc39SamplesMin(hopLength)) {
      skipped.push({ file, reason: 'it is too short to be described' });
    } else {
      sequences.push(inFeatureOrder(mfcc39({ sampleRate, channels: [samples] }, { hopLength })));
    }
  }
  return { sequences, skipped };
}

/** Rows as training saw them: less the mean, over the deviation; a still column is left at zero. */
export function normalisedRows({ rows, columns, data }: Matrix, { mean, std }: RunStats): Matrix {
  const scaled = data.map((x, i) => {
    const c = i % columns;
    return (x - (mean[c] as number)) / (std[c] || 1);
  });
  return { rows, columns, data: scaled };
}

/** The mean and population deviation of each column over all sequences. */
export function statsOf(sequences: readonly Matrix[]): RunStats {
  const columns = sequences[0]?.columns ?? 0;
  const rows = sequences.reduce((sum, sequence) => sum + sequence.rows, 0);
  const mean = new Array<number>(columns).fill(0);
  const square = new Array<number>(columns).fill(0);
  for (const { data } of sequences) {
    for (let i = 0; i < data.length; i++) mean[i % columns]! += data[i]! / rows;
  }
  for (const { data } of sequences) {
    for (let i = 0; i < data.length; i++) {
      square[i % columns]! += (data[i]! - mean[i % columns]!) ** 2 / rows;
    }
  }
  return { mean, std: square.map(Math.sqrt) };
}
