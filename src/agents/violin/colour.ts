import type { Descriptors } from '../../core/index.js';

/** What descriptors tell her of a sound: how bright it is and how restless, each 0 to 1. */
export interface Colour {
  readonly brightness: number;
  readonly restlessness: number;
}

/** What she assumes of a sound that nobody described. */
export const PLAIN: Colour = { brightness: 0.4, restlessness: 0.2 };

/**
 * mfcc1 is high where the lows outweigh the highs: from bright noise to a soft low tone it spans
 * this.
 */
const MFCC1_DARK = 220;
const CENTROID_BRIGHT_HZ = 6000;
/** A mean slope of the first coefficients that is already very lively, per frame. */
const SLOPE_LIVELY = 12;

/** Reads a descriptor string (MFCC-39 or the simple five); undefined for one that says nothing. */
export function colourOf(descriptors: Descriptors): Colour | undefined {
  if (descriptors.rows === 0) return undefined;
  const colour = fromMfcc(descriptors) ?? fromCentroid(descriptors);
  if (colour === undefined || Object.values(colour).some(Number.isNaN)) return undefined;
  return { brightness: share(colour.brightness), restlessness: share(colour.restlessness) };
}

function fromMfcc(descriptors: Descriptors): Colour | undefined {
  const [tilt, slope] = [column(descriptors, 'mfcc1'), column(descriptors, 'mfcc13')];
  if (tilt === undefined || slope === undefined) return undefined;
  const liveliness = mean(slope.map(Math.abs)) / SLOPE_LIVELY;
  return { brightness: 1 - mean(tilt) / MFCC1_DARK, restlessness: liveliness };
}

function fromCentroid(descriptors: Descriptors): Colour | undefined {
  const centroid = column(descriptors, 'centroid');
  if (centroid === undefined) return undefined;
  const centre = mean(centroid);
  const spread = mean(centroid.map((hz) => Math.abs(hz - centre)));
  return { brightness: centre / CENTROID_BRIGHT_HZ, restlessness: spread / (centre + 1) };
}

function column({ names, columns, rows, data }: Descriptors, name: string): number[] | undefined {
  const at = names.indexOf(name);
  if (at < 0) return undefined;
  return Array.from({ length: rows }, (_, row) => data[row * columns + at]!);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}
