import { widthOf } from '../draw/text.js';

/** Codes that colour text: a line consists of these and of what is seen. */
// oxlint-disable-next-line no-control-regex -- the codes begin with an escape
const PIECES = /\x1b\[[0-9;]*m|[^\x1b]/gu;
const RESET = '\u001b[0m';

/**
 * What must be written, from its column on, to turn a line into another of the same width: only
 * what lies between their common beginning and their common end. Empty when they are the same.
 */
export function lineChange(before: string | undefined, after: string, row: number): string {
  if (before === after) return '';
  const next = piecesOf(after);
  const known = before === undefined ? [] : piecesOf(before);
  const start = before === undefined ? 0 : commonStart(known, next);
  const end = before === undefined ? 0 : commonEnd(known, next, start);
  const head = next.slice(0, start);
  const middle = next.slice(start, next.length - end);
  const colours = head.filter((piece) => piece.startsWith('\u001b'));
  const column = widthOf(head.join('')) + 1;
  return `\u001b[${row + 1};${column}H${colours.join('')}${middle.join('')}${RESET}`;
}

function piecesOf(line: string): readonly string[] {
  return line.match(PIECES) ?? [];
}

function commonStart(one: readonly string[], other: readonly string[]): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) at++;
  return at;
}

/** How many pieces at the end are the same and look the same: from the last colour on at most. */
function commonEnd(one: readonly string[], other: readonly string[], start: number): number {
  if (widthOf(one.slice(start).join('')) !== widthOf(other.slice(start).join(''))) return 0;
  const most = Math.min(one.length, other.length) - start;
  let count = 0;
  while (count < most && one.at(-1 - count) === other.at(-1 - count)) count++;
  if (
    coloursIn(one.slice(start, one.length - count)) === '' &&
    coloursIn(other.slice(start, other.length - count)) === ''
  )
    return count;
  return 0;
}

function coloursIn(pieces: readonly string[]): string {
  return pieces.filter((piece) => piece.startsWith('\u001b')).join('');
}
