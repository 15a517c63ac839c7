import type { Look } from '../../look/look.js';
import type { Role } from '../../look/theme.js';
import type { Point } from './layout.js';

interface Cell {
  /** Where lines lead from here: up is 1, down 2, left 4, right 8. */
  bits: number;
  glyph: string;
  role: Role;
  weight: number;
  returns: boolean;
}

/** A grid of characters to draw wires and words on. */
export interface Canvas {
  readonly columns: number;
  readonly rows: number;
  readonly cells: readonly Cell[];
}

/** How a wire is drawn: by its way, and 0 to 2 by what flows. */
export interface Stroke {
  readonly returns: boolean;
  readonly weight: number;
  readonly role: Role;
}

const [UP, DOWN, LEFT, RIGHT] = [1, 2, 4, 8];

/** An empty canvas of this size. */
export function emptyCanvas(columns: number, rows: number): Canvas {
  const cells = Array.from({ length: columns * rows }, (): Cell => {
    return { bits: 0, glyph: '', role: 'text', weight: 0, returns: false };
  });
  return { columns, rows, cells };
}

/** Draws a wire through its points; its head stands on the last. */
export function drawWire(
  canvas: Canvas,
  points: readonly Point[],
  stroke: Stroke,
  head: string,
): void {
  for (let i = 1; i < points.length; i++) {
    drawPart(canvas, points[i - 1] as Point, points[i] as Point, stroke);
  }
  const last = points.at(-1);
  if (last !== undefined) writeText(canvas, last, head, stroke.role);
}

function drawPart(canvas: Canvas, from: Point, to: Point, stroke: Stroke): void {
  const [dx, dy] = [Math.sign(to.x - from.x), Math.sign(to.y - from.y)];
  const ahead = dx === 0 ? (dy < 0 ? UP : DOWN) : dx < 0 ? LEFT : RIGHT;
  const back = dx === 0 ? (dy < 0 ? DOWN : UP) : dx < 0 ? RIGHT : LEFT;
  for (let { x, y } = from; x !== to.x || y !== to.y; x += dx, y += dy) {
    join(canvas, x, y, ahead as number, stroke);
    join(canvas, x + dx, y + dy, back as number, stroke);
  }
}

function join(canvas: Canvas, x: number, y: number, bit: number, stroke: Stroke): void {
  const cell = at(canvas, x, y);
  if (cell === undefined) return;
  const empty = cell.bits === 0;
  cell.bits |= bit;
  cell.returns = empty ? stroke.returns : cell.returns && stroke.returns;
  cell.weight = empty ? stroke.weight : Math.max(cell.weight, stroke.weight);
  if (empty || !stroke.returns) cell.role = stroke.role;
}

/** Writes plain text over whatever is there; every character one column wide. */
export function writeText(canvas: Canvas, { x, y }: Point, text: string, role: Role): void {
  for (const [i, glyph] of Array.from(text).entries()) {
    const cell = at(canvas, x + i, y);
    if (cell !== undefined) Object.assign(cell, { glyph, role });
  }
}

function at({ columns, rows, cells }: Canvas, x: number, y: number): Cell | undefined {
  return x < 0 || y < 0 || x >= columns || y >= rows ? undefined : cells[y * columns + x];
}

/** The lines of a canvas, painted. */
export function canvasLines(canvas: Canvas, look: Look): readonly string[] {
  return Array.from({ length: canvas.rows }, (_, y) => {
    let [line, run] = ['', ''];
    let role: Role = 'text';
    for (let x = 0; x < canvas.columns; x++) {
      const cell = at(canvas, x, y) as Cell;
      const glyph = glyphOf(cell, look);
      if (cell.role !== role && glyph !== ' ') {
        line += look.paint(role, run);
        [run, role] = ['', cell.role];
      }
      run += glyph;
    }
    return line + look.paint(role, run);
  });
}

function glyphOf({ glyph, bits, weight, returns }: Cell, { glyphs }: Look): string {
  if (glyph !== '') return glyph;
  const across = bits !== 0 && (bits & (UP | DOWN)) === 0;
  const upright = bits !== 0 && (bits & (LEFT | RIGHT)) === 0;
  if (across) return (returns ? glyphs.returns : glyphs.feeds)[weight] as string;
  return upright && returns ? glyphs.returnsUp : (glyphs.wires[bits] as string);
}
