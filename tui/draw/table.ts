import type { Look } from '../look/look.js';
import { bare, fit, widthOf } from './text.js';

/** One column of a table. */
export interface Column<T> {
  readonly heading: string;
  /** Columns it takes; one that grows shares what is left over. */
  readonly width: number;
  readonly grows?: boolean;
  /** What it grows to at most. */
  readonly most?: number;
  readonly side?: 'start' | 'end';
  /** The least important go first where there is no room: higher numbers before lower. */
  readonly rank: number;
  /** Plain or painted text, at most `width` wide. */
  readonly cell: (row: T, width: number) => string;
}

/** Rows of a table that are drawn, and how to tell them apart. */
export interface Rows<T> {
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly selected?: string | undefined;
  readonly offset?: number | undefined;
}

/** A drawn table: its lines, and which rows of how many they show. */
export interface Drawn {
  readonly lines: readonly string[];
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** A heading and as many rows as fit, whatever their number: only those shown are drawn. */
export function table<T>(
  columns: readonly Column<T>[],
  { rows, keyOf, selected, offset = 0 }: Rows<T>,
  look: Look,
  size: { readonly columns: number; readonly rows: number },
): Drawn {
  const shown = fitting(columns, size.columns);
  const room = Math.max(0, size.rows - 1);
  const first = firstRow(rows, keyOf, { selected, offset, room });
  const visible = rows.slice(first, first + room);
  const more = look.glyphs.more;
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => {
        const { width, side } = shown[i] as Column<T>;
        return fit(cell, width, more, side === 'start' ? 'start' : 'end');
      })
      .join(' ');
  const heading = look.paint('dim', line(shown.map((column) => column.heading)));
  const lines = visible.map((row) => {
    const drawn = line(shown.map((column) => column.cell(row, column.width)));
    return keyOf(row) === selected ? look.paint('selected', bare(drawn)) : drawn;
  });
  return {
    lines: [heading, ...lines],
    first: visible.length === 0 ? 0 : first + 1,
    last: first + visible.length,
    count: rows.length,
  };
}

/** What stands in the frame of a table that shows only some of its rows. */
export function rangeOf({ first, last, count }: Drawn): string {
  return last - first + 1 === count ? '' : `${first}-${last} of ${count}`;
}

function firstRow<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  view: { readonly selected?: string | undefined; readonly offset: number; readonly room: number },
): number {
  const { selected, offset, room } = view;
  const last = Math.max(0, rows.length - room);
  const at = selected === undefined ? -1 : rows.findIndex((row) => keyOf(row) === selected);
  const wanted = at === -1 ? offset : Math.min(at, Math.max(offset, at - room + 1));
  return Math.min(last, Math.max(0, wanted));
}

/** The columns there is room for, in their order, those that grow sharing the rest. */
function fitting<T>(columns: readonly Column<T>[], width: number): readonly Column<T>[] {
  const order = columns.toSorted((a, b) => a.rank - b.rank);
  const kept = new Set<Column<T>>();
  let used = -1;
  for (const column of order) {
    const needed = Math.max(column.width, widthOf(column.heading)) + 1;
    if (used + needed > width && kept.size > 0) continue;
    used += needed;
    kept.add(column);
  }
  const shown = columns.filter((column) => kept.has(column));
  return grown(shown, Math.max(0, width - used));
}

/** Columns with what is left over given to those that grow, the bounded ones first. */
function grown<T>(shown: readonly Column<T>[], rest: number): readonly Column<T>[] {
  const own = ({ width, heading }: Column<T>): number => Math.max(width, widthOf(heading));
  const growing = shown
    .filter(({ grows }) => grows === true)
    .toSorted((a, b) => (a.most ?? Infinity) - (b.most ?? Infinity));
  const widths = new Map<Column<T>, number>();
  let left = rest;
  for (const [i, column] of growing.entries()) {
    const share = Math.floor(left / (growing.length - i));
    const given = Math.min(share, Math.max(0, (column.most ?? Infinity) - own(column)));
    widths.set(column, own(column) + given);
    left -= given;
  }
  return shown.map((column) => ({ ...column, width: widths.get(column) ?? own(column) }));
}
