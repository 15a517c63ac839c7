import { boxed } from '../draw/box.js';
import { fit } from '../draw/text.js';
import type { Look } from '../look/look.js';
import type { Size } from '../panels/panel.js';
import type { Item } from '../view/items.js';

/** A list of items, one of which may be selected. */
export interface Listing {
  readonly title: string;
  readonly items: readonly Item[];
  readonly selected: string | undefined;
}

/** Items one to a line in a frame, those around the selected one where not all fit. */
export function listRows(
  { title, items, selected }: Listing,
  look: Look,
  size: Size,
): readonly string[] {
  const room = size.rows - 2;
  const at = Math.max(
    0,
    items.findIndex(({ id }) => id === selected),
  );
  const first = Math.max(0, Math.min(at - Math.floor(room / 2), items.length - room));
  const shown = items.slice(first, first + room);
  const lines = shown.map((item) => {
    const text = fit(` ${look.safe(lineOf(item))}`, size.columns - 2, look.glyphs.more);
    return item.id === selected ? look.paint('selected', text) : text;
  });
  const last = first + shown.length;
  const footer = items.length > room ? `${first + 1}-${last} of ${items.length}` : '';
  return boxed({ title, footer, focused: true }, lines, look, size);
}

function lineOf({ id, text, facts }: Item): string {
  const { carries, lap, seconds, port } = facts;
  if (typeof seconds !== 'number') return text;
  return `${seconds.toFixed(2).padStart(9)} s  ${id.padEnd(16)} ${port}: ${carries}, lap ${lap}`;
}
