import { boxed } from '../draw/box.js';
import type { Look } from '../look/look.js';
import type { Size } from '../panels/panel.js';

/** Lines in a titled frame of this size. */
export function section(
  title: string,
  lines: readonly string[],
  look: Look,
  size: Size,
): readonly string[] {
  return boxed({ title }, lines, look, size);
}

/** Part of a page: the rows it wants, or the rest of them, and what draws it. */
export type Part = readonly [rows: number | 'rest', draw: (size: Size) => readonly string[]];

/** The least rows a framed part makes sense with. */
const ROWS_MIN = 3;

/** Parts below one another: those that are not given room any more are left out. */
export function stackedRows({ columns, rows }: Size, parts: readonly Part[]): readonly string[] {
  const fixed = parts.map(([wanted]) => (wanted === 'rest' ? ROWS_MIN : wanted));
  let left = rows - fixed.reduce((sum, each) => sum + each, 0);
  const lines: string[] = [];
  for (const [i, [wanted, draw]] of parts.entries()) {
    const asked = fixed[i] as number;
    const room = wanted === 'rest' ? asked + Math.max(0, left) : asked;
    if (wanted === 'rest') left = Math.min(0, left);
    const given = Math.min(room, rows - lines.length - (wanted === 'rest' ? 0 : later(parts, i)));
    if (given >= ROWS_MIN) lines.push(...draw({ columns, rows: given }));
  }
  const blank = ' '.repeat(columns);
  return Array.from({ length: rows }, (_, row) => lines[row] ?? blank);
}

/** Rows that parts after this one need at the least. */
function later(parts: readonly Part[], at: number): number {
  return parts.slice(at + 1).some(([wanted]) => wanted === 'rest') ? ROWS_MIN : 0;
}
