import { sound, unsound } from '../core/index.js';
import type { Checked, PortRef, Problem } from '../core/index.js';

/** One arrow as written: `->` feeds, `~>` returns. */
export interface Arrow {
  readonly from: PortRef;
  readonly to: PortRef;
  readonly way: 'feeds' | 'returns';
}

/** A part of a written arrow; a problem's path may end in one to underline just that part. */
export type ArrowPart = 'from' | 'way' | 'to';

/** What an arrow looks like; the editor schema uses the same text. */
export const ARROW_PATTERN = /^\s*([\w/-]+\.[\w-]+)\s*(->|~>)\s*([\w/-]+\.[\w-]+)\s*$/;

const LOOSE = /^(\s*)(\S+?)(\s*)(<?[-~=]{1,3}>|[→⇝⇢]|<[-~=]{1,2})(\s*)(\S*)\s*$/;

/**
 * Reads `mel.audio ~> una.audio`. What is wrong is said with a path of [] or of the part at fault.
 */
export function parseArrow(text: string): Checked<Arrow> {
  const match = ARROW_PATTERN.exec(text);
  if (match === null) return unsound([misread(text)]);
  const [, from, way, to] = match as unknown as [string, string, string, string];
  return sound({ from: refOf(from), to: refOf(to), way: way === '~>' ? 'returns' : 'feeds' });
}

/**
 * Where a part of an arrow lies in its text, as [start, end); the whole text when it cannot be
 * told.
 */
export function spanOf(text: string, part: ArrowPart): readonly [number, number] {
  const match = LOOSE.exec(text);
  if (match === null) return [0, text.length];
  const widths = match.slice(1).map((piece) => piece.length);
  const index = { from: 1, way: 3, to: 5 }[part];
  const start = widths.slice(0, index).reduce((sum, width) => sum + width, 0);
  return [start, start + (widths[index] ?? 0)];
}

function refOf(text: string): PortRef {
  const dot = text.indexOf('.');
  return { agent: text.slice(0, dot), port: text.slice(dot + 1) };
}

function misread(text: string): Problem {
  const loose = LOOSE.exec(text);
  const base = { code: 'bad-arrow', expected: 'agent.port -> agent.port, or ~> to return' };
  if (loose === null) {
    const says = `\`${text.trim()}\` is no arrow`;
    return { ...base, at: [], says, try: 'write it as in past.audio -> ear.audio' };
  }
  const [from, way, to] = [loose[2] ?? '', loose[4] ?? '', loose[6] ?? ''];
  if (way !== '->' && way !== '~>') {
    return { ...base, at: ['way'], says: `\`${way}\` is no arrow of ours`, try: mended(way) };
  }
  const part = /^[\w/-]+\.[\w-]+$/.test(from) ? 'to' : 'from';
  const end = part === 'from' ? from : to;
  const says = end === '' ? 'this arrow leads nowhere' : `\`${end}\` is not a port of an agent`;
  return { ...base, at: [part], says, try: 'name the agent and its port, as in past.audio' };
}

function mended(way: string): string {
  if (way.startsWith('<')) return 'turn the arrow round: the sender is written first';
  return /[~⇝⇢]/.test(way) ? 'write ~> for a returning link' : 'write -> (or ~> to return)';
}
