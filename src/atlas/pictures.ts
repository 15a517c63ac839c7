import { encodePng, heatMap } from '../audio/index.js';
import type { Matrix } from '../core/index.js';
import type { Picture } from './atlas.js';
import type { Lap } from './iterate.js';

/** Dark and light of every picture, in log10 of amplitude, so that soft looks dark everywhere. */
const RANGE = [-3.5, 0.6] as const;

/** Points across and up, of a lap and of an end. */
const SMALL = { columns: 72, rows: 40 };
const LARGE = { columns: 240, rows: 80 };

/** A lap as a thumbnail: time to the right, mel bands upward, light is loud. */
export function lapPicture(lap: number, heard: Lap): Picture {
  return { lap, png: drawn(heard, SMALL) };
}

/** A lap of an end, larger. */
export function endPicture(lap: number, heard: Lap): Picture {
  return { lap, png: drawn(heard, LARGE) };
}

function drawn({ mel }: Lap, size: { readonly columns: number; readonly rows: number }) {
  const nothing = { ...size, data: new Float32Array(size.columns * size.rows).fill(RANGE[0]) };
  const matrix = mel === undefined ? nothing : fitted(mel, size);
  return encodePng(heatMap(matrix, { across: 1, up: 1 }, RANGE));
}

/** A matrix squeezed or stretched to a size, each point the mean of what it covers. */
function fitted(
  from: Matrix,
  { rows, columns }: { readonly columns: number; readonly rows: number },
): Matrix {
  const data = new Float32Array(rows * columns);
  for (let y = 0; y < rows; y++) {
    const high = span(y, rows, from.rows);
    for (let x = 0; x < columns; x++) {
      data[y * columns + x] = meanOf(from, high, span(x, columns, from.columns));
    }
  }
  return { rows, columns, data };
}

type Span = readonly [number, number];

function span(index: number, count: number, length: number): Span {
  const from = Math.floor((index * length) / count);
  return [from, Math.max(from + 1, Math.floor(((index + 1) * length) / count))];
}

function meanOf({ data, columns }: Matrix, [top, bottom]: Span, [left, right]: Span): number {
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) sum += data[y * columns + x]!;
  }
  return sum / ((bottom - top) * (right - left));
}
