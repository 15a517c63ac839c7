import type { Sounding } from '../../src/telemetry/index.js';
import type { Look } from '../look/look.js';
import type { Role } from '../look/theme.js';

type Picture = Sounding['picture'];

/** Loudness of a picture on a grid of dots, 0 to 1, row by row from the highest frequency down. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Bytes of a picture below which nothing is drawn (about -76 dB), and how much is drawn above. */
const SILENT_BYTE = 40;
const RANGE_BYTES = 140;

/** The bits of a braille cell's dots, by row and column. */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/** How loud each dot of a braille cell must be to be set: four rows of two, spread evenly. */
const THRESHOLDS = [
  [0.14, 0.64],
  [0.76, 0.26],
  [0.2, 0.7],
  [0.88, 0.38],
] as const;

/** A picture laid over a grid of dots: the loudest of what falls on each. */
export function gridOf(picture: Picture, width: number, height: number): Grid {
  const bytes = Buffer.from(picture.data, 'base64');
  const values = new Float32Array(width * height);
  const peak = bytes.reduce((most, byte) => Math.max(most, byte), 0);
  const floor = Math.max(SILENT_BYTE, peak - RANGE_BYTES);
  if (peak <= floor) return { width, height, values };
  for (let y = 0; y < height; y++) {
    const bands = spanOf(height - 1 - y, height, picture.bands);
    for (let x = 0; x < width; x++) {
      const byte = loudest(bytes, picture, spanOf(x, width, picture.columns), bands);
      values[y * width + x] = Math.max(0, (byte - floor) / (peak - floor));
    }
  }
  return { width, height, values };
}

/** Which of `count` things fall on step `at` of `steps`: one at least. */
function spanOf(at: number, steps: number, count: number): readonly [number, number] {
  const from = Math.floor((at * count) / steps);
  return [from, Math.max(from + 1, Math.floor(((at + 1) * count) / steps))];
}

function loudest(
  bytes: Uint8Array,
  { bands, columns }: Picture,
  across: readonly [number, number],
  up: readonly [number, number],
): number {
  let most = 0;
  for (let column = across[0]; column < Math.min(across[1], columns); column++) {
    for (let band = up[0]; band < Math.min(up[1], bands); band++) {
      most = Math.max(most, bytes[column * bands + band] ?? 0);
    }
  }
  return most;
}

/** The row of a drawing of so many rows that a frequency falls on, the uppermost being 0. */
export function rowOfHertz(picture: Picture, hertz: number, rows: number): number {
  let nearest = 0;
  for (let band = 1; band < picture.bands; band++) {
    const [best, here] = [picture.hertz[nearest] as number, picture.hertz[band] as number];
    if (Math.abs(here - hertz) < Math.abs(best - hertz)) nearest = band;
  }
  return rows - 1 - Math.floor(((nearest + 0.5) * rows) / picture.bands);
}

/** A picture as unpainted lines: braille where there is, shades where not. */
export function spectrogramText(
  picture: Picture,
  look: Look,
  size: { readonly columns: number; readonly rows: number },
): readonly string[] {
  return cellsOf(picture, look, size).map((row) => row.map(({ glyph }) => glyph).join(''));
}

/** A picture as painted lines: faint where it is soft, bright where it is loud. */
export function spectrogram(
  picture: Picture,
  look: Look,
  size: { readonly columns: number; readonly rows: number },
): readonly string[] {
  return cellsOf(picture, look, size).map((row) => paintedRuns(row, look));
}

interface Cell {
  readonly glyph: string;
  readonly loud: number;
}

function cellsOf(
  picture: Picture,
  look: Look,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly (readonly Cell[])[] {
  const [across, down] = look.glyphs.braille ? [2, 4] : [1, 1];
  const grid = gridOf(picture, columns * across, rows * down);
  const cell = look.glyphs.braille ? brailleCell : shadeCell(look.glyphs.shades);
  return Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (__, x) => cell(grid, x, y)),
  );
}

function brailleCell(grid: Grid, x: number, y: number): Cell {
  let [bits, loud] = [0, 0];
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 2; column++) {
      const value = grid.values[(y * 4 + row) * grid.width + x * 2 + column] as number;
      loud = Math.max(loud, value);
      const least = THRESHOLDS[row]?.[column] as number;
      if (value >= least) bits |= DOTS[row]?.[column] as number;
    }
  }
  return { glyph: String.fromCharCode(0x2800 + bits), loud };
}

function shadeCell(shades: string): (grid: Grid, x: number, y: number) => Cell {
  const steps = Array.from(shades);
  return (grid, x, y) => {
    const loud = grid.values[y * grid.width + x] as number;
    const at = Math.min(steps.length - 1, Math.ceil(loud * (steps.length - 1)));
    return { glyph: steps[at] as string, loud };
  };
}

function roleOf({ loud }: Cell): Role {
  if (loud >= 0.8) return 'accent';
  return loud >= 0.4 ? 'sound' : 'dim';
}

/** Neighbours of one colour share its codes: a third of the bytes. */
function paintedRuns(row: readonly Cell[], look: Look): string {
  let [line, run] = ['', ''];
  let role: Role = 'dim';
  for (const cell of row) {
    const next = roleOf(cell);
    if (next !== role) {
      line += look.paint(role, run);
      [run, role] = ['', next];
    }
    run += cell.glyph;
  }
  return line + look.paint(role, run);
}
