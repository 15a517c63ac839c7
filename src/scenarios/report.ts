import { relative } from 'node:path';
import type { PlacedProblem } from './source.js';

/**
 * How problems are shown: paths from which folder (the working directory unless given), and how
 * many at most.
 */
export interface ReportOptions {
  readonly from?: string;
  readonly most?: number;
}

const WIDTH_MAX = 100;
const TEXT_MAX = 500;

/**
 * Problems as people read them: `file:line:column` and the problem's name, the line with the
 * offence underlined, what is wrong, what was expected, what was probably meant, and one thing to
 * try.
 */
export function report(problems: readonly PlacedProblem[], options: ReportOptions = {}): string {
  const { from = process.cwd(), most = 50 } = options;
  const sorted = [...problems].sort(byPlace);
  const shown = sorted.slice(0, most).map((problem) => oneProblem(problem, from));
  const left = sorted.length - shown.length;
  if (left > 0) shown.push(`… and ${left} more problems`);
  return `${shown.join('\n\n')}\n`;
}

function byPlace(a: PlacedProblem, b: PlacedProblem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

function oneProblem(problem: PlacedProblem, from: string): string {
  const { file, line, column, code } = problem;
  const near = relative(from, file);
  const place = `${near.startsWith('..') ? file : near}:${line}:${column}  ${code}`;
  return [
    printable(place),
    ...excerpt(problem),
    ...sentences(problem).map((text) => `  ${text}`),
  ].join('\n');
}

function excerpt({ line, column, width, lineText }: PlacedProblem): string[] {
  if (lineText.trim() === '') return [];
  const cut = lineText.length <= WIDTH_MAX ? 0 : Math.max(0, column - WIDTH_MAX / 2);
  const lead = cut === 0 ? '' : '…';
  const shown = lead + lineText.slice(cut + lead.length, cut + WIDTH_MAX);
  const number = String(line).padStart(5);
  const carets = '^'.repeat(Math.max(1, Math.min(width, shown.length - (column - 1 - cut))));
  return [
    `${number} | ${printable(shown)}`,
    `${' '.repeat(number.length)} | ${' '.repeat(column - 1 - cut)}${carets}`,
  ];
}

function sentences(problem: PlacedProblem): string[] {
  const { says, expected, didYouMean, try: advice } = problem;
  const lines = [`${printable(says).replace(/\.$/, '')}.`];
  if (expected !== undefined) lines.push(`Expected: ${printable(expected)}`);
  if (didYouMean !== undefined) lines.push(`Did you mean: ${printable(didYouMean)}?`);
  return [...lines, `Try: ${printable(advice)}`];
}

// A file may hold anything; what reaches a terminal may not steer it.
function printable(text: string): string {
  const short = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
  return short.replace(/\p{Cc}/gu, (char) => (char === '\t' ? ' ' : '\u{fffd}'));
}
