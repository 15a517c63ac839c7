import { fit, fitBlock } from '../draw/text.js';
import type { Look } from '../look/look.js';
import type { Size } from '../panels/panel.js';

/** The least columns and rows of a terminal that a page is drawn for. */
export const SMALLEST: Size = { columns: 80, rows: 24 };

/** Whether a terminal is too small for any page. */
export function isTooSmall({ columns, rows }: Size): boolean {
  return columns < SMALLEST.columns || rows < SMALLEST.rows;
}

/** The page of a terminal that is too small: it says so, and what is needed. */
export function tooSmallPage(look: Look, size: Size): readonly string[] {
  const says = [
    look.paint('title', 'too small'),
    `this is ${size.columns}x${size.rows}`,
    `needed: ${SMALLEST.columns}x${SMALLEST.rows}`,
  ];
  const above = Math.max(0, Math.floor((size.rows - says.length) / 2));
  const widest = 16;
  const left = ' '.repeat(Math.max(0, Math.floor((size.columns - widest) / 2)));
  const lines = says.map((line) => fit(left + line, size.columns));
  return look.page(fitBlock([...Array.from({ length: above }, () => ''), ...lines], size));
}
