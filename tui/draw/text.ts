/** Escape codes that colour text; nothing else begins with an escape in a drawn line. */
// oxlint-disable-next-line no-control-regex -- the codes begin with one
const CODES = /\x1b\[[0-9;]*m/g;

const WIDE_KEPT = 'ぁ-ゖァ-ヺー㐀-䶿一-鿿가-힣！-～';
const NARROW_KEPT =
  '\\x20-\\x7e\\xa1-\\xac\\xae-\\u02af\\p{Script=Greek}\\p{Script=Cyrillic}‐-‧‰-⁞←-↙−';

/** Characters that take two columns and are kept: kana, Han, Hangul and full-width forms. */
const WIDE = new RegExp(`[${WIDE_KEPT}]`, 'gu');

/** Controls, marks that turn or stack text, halves of characters, and what is not assigned. */
const UNSAFE = /[\p{C}\p{M}\p{Zl}\p{Zp}]/gu;

/**
 * What is not one of the scripts whose width every terminal agrees on, written from left to
 * right: pictures, and scripts that terminals reorder or join.
 */
const STRANGE = new RegExp(`[^${NARROW_KEPT}${WIDE_KEPT}]`, 'gu');

/** Characters outside the first plane. */
const ASTRAL = /[\u{10000}-\u{10ffff}]/gu;

/** How many characters of a name are ever looked at. */
const LONGEST = 200;

/**
 * Text from outside as one short line of known width: no control bytes, no marks that turn or
 * stack text, `?` for what terminals draw in widths of their own. The only way in for names.
 */
export function safeText(text: string, longest: number = LONGEST): string {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  if (/^[\x20-\x7e]*$/.test(short)) return short;
  return short
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(ASTRAL, '?')
    .replace(UNSAFE, '')
    .replace(STRANGE, '?');
}

/** Text without anything above 0x7E, for screens that promise nothing else. */
export function asciiText(text: string): string {
  return text
    .replace(/…/g, '~')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[–—−]/g, '-')
    .replace(/[^\x20-\x7e]/g, '?');
}

/** Columns a drawn line takes; its colours take none. */
export function widthOf(line: string): number {
  const bare = line.includes('\x1b') ? line.replace(CODES, '') : line;
  return bare.length + (bare.match(WIDE)?.length ?? 0);
}

/** A line without its colours. */
export function bare(line: string): string {
  return line.replace(CODES, '');
}

/** A line cut to a width, colours kept, `more` in the last column where something is missing. */
export function clip(line: string, width: number, more = ''): string {
  if (width <= 0) return '';
  if (widthOf(line) <= width) return line;
  const room = width - more.length;
  let [columns, kept, cut] = [0, '', false];
  // oxlint-disable-next-line no-control-regex -- the codes begin with one
  for (const piece of line.split(/(\x1b\[[0-9;]*m)/)) {
    if (piece.startsWith('\x1b')) kept += piece;
    else if (!cut) {
      const taken = headOf(piece, room - columns);
      columns += widthOf(taken);
      cut = taken.length < piece.length;
      kept += cut ? taken + more : taken;
    }
  }
  return kept;
}

function headOf(text: string, width: number): string {
  let [columns, end] = [0, 0];
  for (; end < text.length; end++) {
    columns += widthOf(text[end] as string);
    if (columns > width) break;
  }
  return text.slice(0, end);
}

/** A line filled with blanks to a width, on the right or on the left. */
export function pad(line: string, width: number, side: 'end' | 'start' = 'end'): string {
  const blank = ' '.repeat(Math.max(0, width - widthOf(line)));
  return side === 'end' ? line + blank : blank + line;
}

/** A line of exactly this width. */
export function fit(line: string, width: number, more = '', side: 'end' | 'start' = 'end'): string {
  return pad(clip(line, width, more), width, side);
}

/** Exactly so many lines of exactly so many columns. */
export function fitBlock(
  lines: readonly string[],
  size: { readonly columns: number; readonly rows: number },
): readonly string[] {
  return Array.from({ length: size.rows }, (_, row) => fit(lines[row] ?? '', size.columns));
}

/** Blocks of equal height side by side, as one. */
export function joinColumns(blocks: readonly (readonly string[])[]): readonly string[] {
  const rows = Math.max(0, ...blocks.map((block) => block.length));
  return Array.from({ length: rows }, (_, row) => blocks.map((block) => block[row] ?? '').join(''));
}

/** Text in lines no wider than a width, broken at blanks where there are any. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = clip(word, width);
  }
  return line === '' ? lines : [...lines, line];
}
