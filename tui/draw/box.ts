import type { Look } from '../look/look.js';
import { clip, fit, widthOf } from './text.js';

/** What stands in the frame of a box. */
export interface BoxTitle {
  /** Plain text at the left of the upper edge. */
  readonly title: string;
  /** Painted or plain text after the title. */
  readonly after?: string;
  /** Plain text at the right of the lower edge, such as `1-32 of 200`. */
  readonly footer?: string;
  readonly focused?: boolean | undefined;
}

/** Lines in a frame with a title, all of it exactly `size`; lines inside have two columns less. */
export function boxed(
  { title, after = '', footer = '', focused }: BoxTitle,
  lines: readonly string[],
  look: Look,
  size: { readonly columns: number; readonly rows: number },
): readonly string[] {
  const [ul, ur, ll, lr, h, v] = Array.from(look.glyphs.box) as [string, ...string[]];
  const edge = (text: string): string => look.paint(focused ? 'accent' : 'border', text);
  const inner = size.columns - 2;
  const named = ` ${clip(title, inner - 4, look.glyphs.more)} `;
  const room = inner - 1 - widthOf(named);
  const more = after === '' ? '' : `${clip(after, room - 2, look.glyphs.more)} `;
  const rest = String(h).repeat(Math.max(0, room - widthOf(more)));
  const top = edge(`${ul}${h}`) + look.paint('title', named) + more + edge(`${rest}${ur}`);
  const foot = footer === '' ? '' : ` ${clip(footer, inner - 4)} `;
  const below = String(h).repeat(Math.max(0, inner - 1 - foot.length));
  const bottom = edge(`${ll}${below}`) + look.paint('dim', foot) + edge(`${h}${lr}`);
  const side = edge(String(v));
  const body = Array.from(
    { length: size.rows - 2 },
    (_, row) => side + fit(lines[row] ?? '', inner) + side,
  );
  return [fit(top, size.columns), ...body, fit(bottom, size.columns)];
}
