import { rgbOf } from '../look/theme.js';

/** One character of a drawn line and how it is painted; colours as `#rrggbb`. */
export interface Cell {
  readonly character: string;
  readonly ink: string | undefined;
  readonly ground: string | undefined;
  readonly bold: boolean;
  readonly faint: boolean;
}

interface Pen {
  ink: string | undefined;
  ground: string | undefined;
  bold: boolean;
  faint: boolean;
  inverse: boolean;
}

/** Codes that colour text, or one character that is seen. */
// oxlint-disable-next-line no-control-regex -- the codes begin with an escape
const PIECES = /\x1b\[([0-9;]*)m|([^\x1b])/gu;

/** The cells of a line as a terminal of 256 colours shows it; `plain` is its own ink and ground. */
export function cellsOf(
  line: string,
  plain: { readonly ink: string; readonly ground: string },
): readonly Cell[] {
  const pen: Pen = { ink: undefined, ground: undefined, bold: false, faint: false, inverse: false };
  const cells: Cell[] = [];
  for (const [, codes, character] of line.matchAll(PIECES)) {
    if (character === undefined) turn(pen, (codes ?? '').split(';').map(Number));
    else cells.push(cellOf(pen, character, plain));
  }
  return cells;
}

function cellOf(
  pen: Pen,
  character: string,
  plain: { readonly ink: string; readonly ground: string },
): Cell {
  const { bold, faint } = pen;
  if (!pen.inverse) return { character, ink: pen.ink, ground: pen.ground, bold, faint };
  const [ink, ground] = [pen.ground ?? plain.ground, pen.ink ?? plain.ink];
  return { character, ink, ground, bold, faint };
}

function turn(pen: Pen, codes: readonly number[]): void {
  const [code, , colour = 0] = codes;
  if (code === 38) pen.ink = hex(colour);
  else if (code === 48) pen.ground = hex(colour);
  else if (code === 39) pen.ink = undefined;
  else if (code === 49) pen.ground = undefined;
  else if (code === 1) pen.bold = true;
  else if (code === 2) pen.faint = true;
  else if (code === 7) pen.inverse = true;
  else if (code === 22) [pen.bold, pen.faint] = [false, false];
  else if (code === 27) pen.inverse = false;
  else Object.assign(pen, { ink: undefined, ground: undefined, bold: false, faint: false });
}

function hex(colour: number): string {
  return `#${rgbOf(colour)
    .map((part) => part.toString(16).padStart(2, '0'))
    .join('')}`;
}
