import type { Breach, Source, SyntaxNode } from './source.js';
import { breachAt, lineAt } from './source.js';
import { walk } from './walk.js';

const FILE_LINES_MAX = 250;
const FUNCTION_LINES_MAX = 40;
const COLUMNS_MAX = 100;
const FILE_MEDIAN_MAX = 90;
const FUNCTION_MEDIAN_MAX = 8;

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** A function and the lines it covers, from its first token to its closing brace. */
export interface Measured {
  readonly start: number;
  readonly lines: number;
}

/** The lines of a file, the last newline not counted. */
export function linesOf(source: Source): number {
  return source.text.replace(/\n$/, '').split('\n').length;
}

/** Every function of a file that has a body in braces: arrows of one expression do not count. */
export function functionsOf(source: Source): readonly Measured[] {
  const found: Measured[] = [];
  walk(source.program, (node) => {
    if (!FUNCTIONS.has(node.type)) return;
    const lines = lineAt(source, node.end) - lineAt(source, node.start) + 1;
    const block = (node['body'] as SyntaxNode | null)?.type === 'BlockStatement';
    if (block || lines > FUNCTION_LINES_MAX) found.push({ start: node.start, lines });
  });
  return found;
}

/** Files over 250 lines. */
export function longFiles(source: Source): readonly Breach[] {
  const lines = linesOf(source);
  if (lines <= FILE_LINES_MAX) return [];
  const says = `${lines} lines (at most ${FILE_LINES_MAX})`;
  return [breachAt(source, 0, says, 'Give one of its ideas a file of its own')];
}

/** Functions over 40 lines. */
export function longFunctions(source: Source): readonly Breach[] {
  return functionsOf(source)
    .filter(({ lines }) => lines > FUNCTION_LINES_MAX)
    .map(({ start, lines }) => {
      const says = `a function of ${lines} lines (at most ${FUNCTION_LINES_MAX})`;
      return breachAt(source, start, says, 'Name its steps and make each a function');
    });
}

/** Lines over 100 columns. */
export function wideLines(path: string, text: string): readonly Breach[] {
  return text.split('\n').flatMap((line, index) => {
    const columns = Array.from(line).length;
    if (columns <= COLUMNS_MAX) return [];
    const says = `${columns} columns (at most ${COLUMNS_MAX})`;
    return [{ path, line: index + 1, says, remedy: 'Break the line' }];
  });
}

/** A median file or function that has grown: each within its limit, all together too long. */
export function heavyMedians(sources: readonly Source[]): readonly Breach[] {
  const file = median(sources.map(linesOf));
  const step = median(sources.flatMap((source) => functionsOf(source).map(({ lines }) => lines)));
  return [
    ...heavy('file', file, FILE_MEDIAN_MAX, 'Split the longest files by idea'),
    ...heavy('function', step, FUNCTION_MEDIAN_MAX, 'Split the longest functions by step'),
  ];
}

function heavy(what: string, lines: number, max: number, remedy: string): readonly Breach[] {
  if (lines <= max) return [];
  return [
    { path: 'src', line: 1, says: `the median ${what} has ${lines} lines (≤ ${max})`, remedy },
  ];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
