import type { RunStats } from '../../models/index.js';
import { type Frames, keptRows, lastRows } from './history.js';

/** How heard frames become what a network is asked with. */
export interface WindowOptions {
  readonly mode: 'corrected' | 'faithful';
  /** Frames the network was trained on. */
  readonly length: number;
  /** Fewer are not answered; in faithful mode only a whole window is. */
  readonly least: number;
  readonly removeOutliers: boolean;
  /**
   * What the run was trained with; without it the network hears raw values when faithful, else
   * their own scale.
   */
  readonly stats: RunStats | null;
}

/** Normalised frames, and what brings a prediction back. */
export interface Window {
  readonly frames: Frames;
  readonly stats: RunStats;
}

/**
 * The original's rule: a frame with a value so many deviations from the mean is dropped (anatomy
 * §9).
 */
const OUTLIER_DEVIATIONS = 5;

/** Cleans, normalises and cuts what was heard; undefined while there is too little of it. */
export function windowOf(heard: Frames, options: WindowOptions): Window | undefined {
  const { mode, length, least } = options;
  const clean = options.removeOutliers ? withoutOutliers(heard, mode) : heard;
  if (clean.rows < (mode === 'faithful' ? length : Math.min(least, length))) return undefined;
  const stats = options.stats ?? (mode === 'faithful' ? RAW : ownStats(clean));
  return { frames: filled(lastRows(normalised(clean, stats), length), length), stats };
}

/** Frames as a network hears them: each column less its mean, by its deviation. */
export function normalised(frames: Frames, stats: RunStats): Frames {
  return scaled(frames, (x, c) => (x - meanOf(stats, c)) / deviationOf(stats, c));
}

/** Normalised frames in their own units again. */
export function inOwnUnits(frames: Frames, stats: RunStats): Frames {
  return scaled(frames, (x, c) => x * deviationOf(stats, c) + meanOf(stats, c));
}

/** The statistics of frames themselves. */
export function ownStats({ rows, columns, data }: Frames): RunStats {
  const mean = new Array<number>(columns).fill(0);
  const std = new Array<number>(columns).fill(0);
  for (let i = 0; i < data.length; i++) mean[i % columns]! += data[i]! / rows;
  for (let i = 0; i < data.length; i++) {
    std[i % columns]! += (data[i]! - mean[i % columns]!) ** 2 / rows;
  }
  return { mean, std: std.map(Math.sqrt) };
}

const RAW: RunStats = { mean: [], std: [] };

function meanOf({ mean }: RunStats, column: number): number {
  return mean[column] ?? 0;
}

function deviationOf({ std }: RunStats, column: number): number {
  return std[column] || 1;
}

/**
 * In faithful mode a column that never changes drops every row, as in the original (anatomy §12,
 * quirk 38).
 */
function withoutOutliers(frames: Frames, mode: WindowOptions['mode']): Frames {
  const { mean, std } = ownStats(frames);
  const { columns, data } = frames;
  return keptRows(frames, (row) =>
    mean.every((centre, c) => {
      const deviation = std[c]!;
      if (deviation === 0 && mode === 'corrected') return true;
      return Math.abs(data[row * columns + c]! - centre) < OUTLIER_DEVIATIONS * deviation;
    }),
  );
}

/**
 * Goes round what was heard until the window is full, so that short hearing is no flat beginning.
 */
function filled(frames: Frames, length: number): Frames {
  const { rows, columns } = frames;
  if (rows === length) return frames;
  const data = new Float32Array(length * columns);
  for (let row = 0; row < length; row++) {
    const from = (((row - length) % rows) + rows) % rows;
    data.set(frames.data.subarray(from * columns, (from + 1) * columns), row * columns);
  }
  return { rows: length, columns, data };
}

function scaled(frames: Frames, scale: (value: number, column: number) => number): Frames {
  return { ...frames, data: frames.data.map((x, i) => scale(x, i % frames.columns)) };
}
