import type { Glyphs } from '../look/glyphs.js';

/** A bar of a share between 0 and 1; anything above 0 fills at least one cell. */
export function bar(share: number, width: number, glyphs: Glyphs): string {
  const [full, empty] = Array.from(glyphs.bar) as [string, string];
  const cells = filled(share, width);
  return full.repeat(cells) + empty.repeat(width - cells);
}

/** The filled part of a bar alone. */
export function solid(share: number, width: number, glyphs: Glyphs): string {
  return (Array.from(glyphs.bar)[0] as string).repeat(filled(share, width));
}

function filled(share: number, width: number): number {
  if (!(share > 0) || width <= 0) return 0;
  return Math.max(1, Math.round(Math.min(1, share) * width));
}

/** How much of a meter a level fills: nothing at -60 dB, all at 0. */
export function levelShare(db: number | undefined): number {
  return db === undefined ? 0 : Math.min(1, Math.max(0, (db + 60) / 60));
}
