import { isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair } from 'yaml';
import type { Problem } from '../core/index.js';
import { spanOf } from '../topologies/index.js';
import type { ArrowPart } from '../topologies/index.js';

/**
 * A scenario file as read: its text, its plain data, and the tree that knows where everything
 * stands.
 */
export interface Source {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  readonly data: unknown;
  readonly document: Document.Parsed;
  /** Where each line of the text begins. */
  readonly lines: readonly number[];
}

/**
 * A problem with its place in a file; line and column count from 1, `width` is what to underline.
 */
export interface PlacedProblem extends Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly width: number;
  /** The whole line it is on. */
  readonly lineText: string;
}

/** The most problems that get a place: a file with more of them is not a scenario yet. */
const PLACED_MAX = 1000;

/**
 * Gives each problem its place: the value its path leads to, or the key when the key is what is
 * wrong.
 */
export function placed(source: Source, problems: readonly Problem[]): PlacedProblem[] {
  return problems
    .slice(0, PLACED_MAX)
    .map((problem) => placeAt(source, problem, spanFor(source, problem)));
}

/** Gives a problem the place [start, end) of the text; what runs over the line's end is cut. */
export function placeAt(
  source: Pick<Source, 'file' | 'text'> & Partial<Pick<Source, 'lines'>>,
  problem: Problem,
  [start, end]: readonly [number, number],
): PlacedProblem {
  const { file, text, lines = linesOf(text) } = source;
  const at = Math.min(start, text.length);
  const line = lineOf(lines, at);
  const lineStart = lines[line - 1] as number;
  const lineEnd = text.indexOf('\n', at);
  const lineText = text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd).replace(/\r$/, '');
  const column = at - lineStart + 1;
  const width = Math.max(1, Math.min(end - at, lineText.length - column + 1));
  return { ...problem, file, line, column, width, lineText };
}

/** Where each line of a text begins. */
export function linesOf(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

/** The line, from 1, that a place lies on. */
function lineOf(lines: readonly number[], at: number): number {
  let [low, high] = [0, lines.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((lines[middle] as number) <= at) low = middle;
    else high = middle;
  }
  return low + 1;
}

const KEY_CODES: ReadonlySet<string> = new Set([
  'unknown-key',
  'missing-key',
  'missing-role',
  'bad-name',
]);
const PARTS: ReadonlySet<unknown> = new Set(['from', 'way', 'to']);

type Span = readonly [number, number];

function spanFor(source: Source, problem: Problem): Span {
  let node: unknown = source.document.contents;
  let span: Span = [0, 0];
  for (const [depth, step] of problem.at.entries()) {
    const inLink = depth === 2 && problem.at[0] === 'links';
    if (inLink && PARTS.has(step)) return partSpan(node, step as ArrowPart);
    const next = enter(inLink ? optionsOf(node) : node, step);
    if (next === undefined) return inLink ? arrowSpan(node) : span;
    node = isPair(next) ? next.value : next;
    const last = depth === problem.at.length - 1;
    const byKey = isPair(next) && (!last || isNothing(node) || KEY_CODES.has(problem.code));
    span = spanOfNode(byKey ? (next as Pair).key : node);
  }
  return problem.at.length === 2 && problem.at[0] === 'links' ? arrowSpan(node) : span;
}

function isNothing(node: unknown): boolean {
  const [start, end] = spanOfNode(node);
  return start === end;
}

function enter(node: unknown, step: string | number): Pair | Node | undefined {
  if (isMap(node)) return node.items.find((pair) => keyOf(pair) === String(step));
  if (isSeq(node) && typeof step === 'number') return node.items[step] as Node | undefined;
  return undefined;
}

function keyOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key);
}

function optionsOf(link: unknown): unknown {
  return isMap(link) ? link.items[0]?.value : undefined;
}

function arrowNode(link: unknown): unknown {
  return isMap(link) && link.items[0] !== undefined ? link.items[0].key : link;
}

function arrowSpan(link: unknown): Span {
  return spanOfNode(arrowNode(link));
}

function partSpan(link: unknown, part: ArrowPart): Span {
  const node = arrowNode(link);
  const [start, end] = spanOfNode(node);
  if (!isScalar(node) || typeof node.value !== 'string') return [start, end];
  const quote = end - start === node.value.length ? 0 : 1;
  const [from, to] = spanOf(node.value, part);
  return [start + quote + from, start + quote + to];
}

function spanOfNode(node: unknown): Span {
  const range = (node as Node | undefined)?.range;
  return range === undefined || range === null ? [0, 0] : [range[0], range[1]];
}
