import { hifiMel80, inFeatureOrder, loadForAnalysis, logMel80, mfcc39 } from '../../audio/index.js';
import type { Audio, Matrix } from '../../core/index.js';

/** What a network learns of a recording, and how it is measured. */
export type Analysis =
  /** log10 mels of a whole recording as it is, with its samples (anatomy §4.3). */
  | { readonly of: 'mel-and-audio'; readonly sampleRate: number }
  /** HiFi-GAN's own mels, with the samples (anatomy §5). */
  | { readonly of: 'hifi-mel-and-audio'; readonly sampleRate: number }
  /** log10 mels of clips, each divided by its peak (anatomy §3.8). */
  | { readonly of: 'clip-mels'; readonly sampleRate: number; readonly clipSeconds: number }
  /** MFCC-39 in the networks' order of columns (anatomy §9). */
  | {
      readonly of: 'mfcc39';
      readonly sampleRate: number;
      readonly hopLength: number;
      readonly outliers: 'keep' | 'drop';
    };

/** Frames [t, columns] of a recording, row by row; a run of frames never crosses a piece's end. */
export interface Analysed {
  readonly columns: number;
  readonly frames: Float32Array;
  /** Frames of each piece, in order; their sum is t. */
  readonly pieces: readonly number[];
  /** The samples beside the frames, where the network learns those too. */
  readonly audio?: Float32Array;
  readonly seconds: number;
}

const OUTLIER_DEVIATIONS = 5;

/** Decodes and measures one file. Throws a UserError when it cannot be decoded or is too short. */
export async function analyse(path: string, analysis: Analysis): Promise<Analysed> {
  const audio = await loadForAnalysis(path, analysis.sampleRate);
  const samples = audio.channels[0] as Float32Array;
  const seconds = samples.length / audio.sampleRate;
  switch (analysis.of) {
    case 'mel-and-audio':
      return { ...whole(transposed(logMel80(audio))), audio: samples, seconds };
    case 'hifi-mel-and-audio':
      return { ...whole(transposed(hifiMel80(audio))), audio: samples, seconds };
    case 'clip-mels':
      return { ...clips(audio, analysis.clipSeconds), seconds };
    case 'mfcc39': {
      const found = inFeatureOrder(mfcc39(audio, { hopLength: analysis.hopLength }));
      return { ...whole(analysis.outliers === 'drop' ? inliers(found) : found), seconds };
    }
  }
}

type Frames = Omit<Analysed, 'seconds'>;

function whole({ rows, columns, data }: Matrix): Frames {
  return { columns, frames: data, pieces: [rows] };
}

// Frame by frame, so that a segment is one stretch of a file.
function transposed({ rows, columns, data }: Matrix): Matrix {
  const turned = new Float32Array(data.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) turned[c * rows + r] = data[r * columns + c]!;
  }
  return { rows: columns, columns: rows, data: turned };
}

function clips(audio: Audio, clipSeconds: number): Frames {
  const samples = audio.channels[0] as Float32Array;
  const length = Math.round(clipSeconds * audio.sampleRate);
  const parts: Matrix[] = [];
  for (let from = 0; from < samples.length; from += length) {
    const clip = atPeak(samples.subarray(from, from + length));
    // What is shorter than the analysis window has no mel; the first clip says so by throwing.
    if (clip.length <= WINDOW && from > 0) continue;
    parts.push(transposed(logMel80({ ...audio, channels: [clip] })));
  }
  const frames = new Float32Array(parts.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of parts) {
    frames.set(data, at);
    at += data.length;
  }
  return { columns: parts[0]!.columns, frames, pieces: parts.map(({ rows }) => rows) };
}

const WINDOW = 1024;

function atPeak(samples: Float32Array): Float32Array {
  let peak = 0;
  for (const x of samples) peak = Math.max(peak, Math.abs(x));
  return peak === 0 ? samples : samples.map((x) => x / peak);
}

// A constant column is kept here: the original loses every row to it.
function inliers({ rows, columns, data }: Matrix): Matrix {
  const bounds = Array.from({ length: columns }, (_, c) => boundOf(data, rows, columns, c));
  const kept: number[] = [];
  for (let t = 0; t < rows; t++) {
    const fits = bounds.every(({ mean, most }, c) => {
      return most === 0 || Math.abs(data[t * columns + c]! - mean) < most;
    });
    if (fits) kept.push(...data.subarray(t * columns, (t + 1) * columns));
  }
  return { rows: kept.length / columns, columns, data: Float32Array.from(kept) };
}

function boundOf(
  data: Float32Array,
  rows: number,
  columns: number,
  column: number,
): { readonly mean: number; readonly most: number } {
  let [sum, squares] = [0, 0];
  for (let t = 0; t < rows; t++) sum += data[t * columns + column]!;
  const mean = sum / rows;
  for (let t = 0; t < rows; t++) squares += (data[t * columns + column]! - mean) ** 2;
  return { mean, most: OUTLIER_DEVIATIONS * Math.sqrt(squares / rows) };
}
