import type { Matrix } from '../../core/index.js';
import type { Pixels } from './png.js';

/**
 * Night, plum, ember, straw, red green blue each: dark to light, so that it also reads without
 * colour.
 */
export const PALETTE = [
  [8, 10, 28],
  [66, 24, 92],
  [158, 42, 90],
  [226, 102, 52],
  [250, 190, 88],
  [255, 250, 220],
] as const;

/** Pixels of one number of a matrix. */
export interface Grain {
  readonly across: number;
  readonly up: number;
}

/**
 * A matrix as a picture: columns are time, the first row is at the bottom. Dark and light are its
 * own least and greatest numbers unless a range is given.
 */
export function heatMap(
  { rows, columns, data }: Matrix,
  { across, up }: Grain = { across: 1, up: 2 },
  [low, high]: readonly [number, number] = rangeOf(data),
): Pixels {
  const [width, height] = [columns * across, rows * up];
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = rows - 1 - Math.floor(y / up);
    for (let x = 0; x < width; x++) {
      const share = (data[row * columns + Math.floor(x / across)]! - low) / (high - low || 1);
      putColour(pixels, (y * width + x) * 3, share);
    }
  }
  return { width, height, data: pixels };
}

/** Pictures of one width below one another, with a line between them. */
export function stacked(pictures: readonly Pixels[]): Pixels {
  const width = Math.min(...pictures.map((one) => one.width));
  const height = pictures.reduce((sum, one) => sum + one.height + LINE, -LINE);
  const data = new Uint8Array(width * height * 3).fill(255);
  let top = 0;
  for (const one of pictures) {
    for (let y = 0; y < one.height; y++) {
      const row = one.data.subarray(y * one.width * 3, (y * one.width + width) * 3);
      data.set(row, (top + y) * width * 3);
    }
    top += one.height + LINE;
  }
  return { width, height, data };
}

const LINE = 4;

function putColour(pixels: Uint8Array, at: number, share: number): void {
  const place = Math.min(Math.max(share, 0), 1) * (PALETTE.length - 1);
  const index = Math.min(Math.floor(place), PALETTE.length - 2);
  for (let channel = 0; channel < 3; channel++) {
    const [from, to] = [PALETTE[index]![channel]!, PALETTE[index + 1]![channel]!];
    pixels[at + channel] = Math.round(from + (to - from) * (place - index));
  }
}

function rangeOf(data: Float32Array): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of data) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
