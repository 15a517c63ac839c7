import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { isAlias, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Document, Node, Pair, YAMLError } from 'yaml';
import type { Problem } from '../core/index.js';
import { BYTES_MAX, bulkProblems } from './bulk.js';
import { linesOf, placeAt } from './source.js';
import type { PlacedProblem, Source } from './source.js';

/** A file that could be read, or why it could not: these problems stop the reading. */
export type Parsed =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly problems: readonly PlacedProblem[] };

/** Errors of syntax shown at once; what follows the first ones is seldom a mistake of its own. */
const SYNTAX_SHOWN = 5;

const REFUSED_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Reads a scenario file, no more of it than a scenario may have. */
export function readSource(file: string): Parsed {
  const bytes = readFileSync(file).subarray(0, BYTES_MAX + 1);
  const text = bytes.toString('utf8').replace(/^\u{feff}/u, '');
  if (bytes.length > BYTES_MAX || isUtf8(bytes)) return parseScenario(file, text);
  const problem = { ...NO_TEXT, at: [] };
  return { ok: false, problems: [placeAt({ file, text: '' }, problem, [0, 1])] };
}

const NO_TEXT = {
  code: 'no-text',
  says: 'this file is no UTF-8 text',
  try: 'save it as UTF-8 from a text editor',
};

/**
 * Reads YAML 1.2 without aliases, tags or dangerous keys into plain data that remembers its places.
 */
export function parseScenario(file: string, text: string): Parsed {
  const bulk = bulkProblems(file, text);
  if (bulk.length > 0) return { ok: false, problems: bulk };
  const document = parseDocument(text, { prettyErrors: false, merge: false });
  const source = { file, text, document, lines: linesOf(text), data: undefined };
  const problems = [...syntaxProblems(source, document), ...refusals(source, document)];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, source: { ...source, data: plain(document.contents) } };
}

type Bare = Pick<Source, 'file' | 'text'>;

function syntaxProblems(source: Bare, document: Document.Parsed): PlacedProblem[] {
  return document.errors.slice(0, SYNTAX_SHOWN).map((error) => {
    const duplicate = error.code === 'DUPLICATE_KEY';
    const { code, advice } = duplicate ? DUPLICATE : (SYNTAX[error.code] ?? BROKEN);
    const problem: Problem = { code, at: [], says: sentence(error), try: advice };
    return placeAt(source, problem, error.pos);
  });
}

const DUPLICATE = { code: 'duplicate-key', advice: 'rename or remove one of the two' };
const BROKEN = {
  code: 'syntax',
  advice: 'compare the line with its neighbours: quotes, brackets, colons',
};
const SYNTAX: Partial<Record<YAMLError['code'], typeof DUPLICATE>> = {
  TAB_AS_INDENT: { code: 'syntax', advice: 'indent with spaces' },
  BAD_INDENT: { code: 'syntax', advice: 'line it up with the entry above' },
  MISSING_CHAR: { code: 'syntax', advice: 'close the quote, bracket or brace that is open here' },
  MULTIPLE_DOCS: { code: 'syntax', advice: 'keep one scenario to a file: remove the --- line' },
};

function sentence(error: YAMLError): string {
  if (error.code === 'DUPLICATE_KEY') return 'this name is written twice here';
  return error.message.replace(/\s+/g, ' ').trim();
}

function refusals(source: Bare, document: Document.Parsed): PlacedProblem[] {
  const found: PlacedProblem[] = [];
  const refuse = (node: Node, problem: Omit<Problem, 'at'>): void => {
    const [start, end] = node.range ?? [0, 1];
    if (!found.some((other) => other.code === problem.code)) {
      found.push(placeAt(source, { ...problem, at: [] }, [start, end]));
    }
  };
  visit(document, {
    Alias: (_, node) => refuse(node, ALIAS),
    Pair: (_, pair) => refuseKey(pair, refuse),
    Node: (_, node) => {
      if (!isAlias(node) && node.tag !== undefined) {
        refuse(node, TAG);
      }
    },
  });
  return found;
}

const ALIAS = {
  code: 'alias',
  says: 'aliases are off: one that unfolds into many could fill the memory',
  expected: 'the value itself',
  try: 'write the value out, or nest a scenario for what repeats',
};
const TAG = {
  code: 'tag',
  says: 'a scenario holds plain data only, so tags are refused',
  try: 'remove the ! and the word behind it',
};

function refuseKey(pair: Pair, refuse: (node: Node, problem: Omit<Problem, 'at'>) => void): void {
  const key = pair.key as Node;
  const name = isScalar(key) ? String(key.value) : undefined;
  if (name !== undefined && !REFUSED_NAMES.has(name)) return;
  refuse(key, {
    code: name === undefined ? 'complex-key' : 'refused-key',
    says: name === undefined ? 'a key must be a plain word' : `\`${name}\` is not allowed as a key`,
    try: 'use another name',
  });
}

function plain(node: unknown): unknown {
  if (isMap(node)) {
    return Object.fromEntries(node.items.map(({ key, value }) => [nameOf(key), plain(value)]));
  }
  if (isSeq(node)) return node.items.map(plain);
  return isScalar(node) ? node.value : undefined;
}

function nameOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}
