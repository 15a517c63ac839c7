import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import type { Problem } from '../core/index.js';
import { BYTES_MAX, TOO_DEEP, bulkProblems } from './bulk.js';
import { refusals } from './refusals.js';
import { linesOf, placeAt } from './source.js';
import type { PlacedProblem, Source } from './source.js';

/** A file that could be read, or why it could not: these problems stop the reading. */
export type Parsed =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly problems: readonly PlacedProblem[] };

/** Errors of syntax shown at once; what follows the first ones is seldom a mistake of its own. */
const SYNTAX_SHOWN = 5;

/**
 * Reads a scenario file, no more of it than a scenario may have; a text that is given stands for
 * the file's.
 */
export function readSource(file: string, given?: string): Parsed {
  if (given !== undefined) return parseScenario(file, given);
  const bytes = firstBytes(file, BYTES_MAX + 1);
  const text = bytes.toString('utf8').replace(/^\u{feff}/u, '');
  if (bytes.length > BYTES_MAX || isUtf8(bytes)) return parseScenario(file, text);
  const problem = { ...NO_TEXT, at: [] };
  return { ok: false, problems: [placeAt({ file, text: '' }, problem, [0, 1])] };
}

function firstBytes(file: string, count: number): Buffer {
  const buffer = Buffer.alloc(count);
  const handle = openSync(file, 'r');
  try {
    let filled = 0;
    for (let read = -1; read !== 0 && filled < count; filled += read) {
      read = readSync(handle, buffer, filled, count - filled, null);
    }
    return buffer.subarray(0, filled);
  } finally {
    closeSync(handle);
  }
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
  try {
    return parsed(file, text);
  } catch (thrown) {
    // The parser and its visitor call themselves for whatever is inside something else.
    if (!(thrown instanceof RangeError)) throw thrown;
    return { ok: false, problems: [placeAt({ file, text }, { ...TOO_DEEP, at: [] }, [0, 1])] };
  }
}

function parsed(file: string, text: string): Parsed {
  const document = parseDocument(text, { prettyErrors: false, merge: false, uniqueKeys: false });
  const source = { file, text, document, lines: linesOf(text), data: undefined };
  const problems = [...syntaxProblems(source, document), ...refusals(source, document)];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, source: { ...source, data: plain(document.contents) } };
}

type Bare = Pick<Source, 'file' | 'text'>;

function syntaxProblems(source: Bare, document: Document.Parsed): PlacedProblem[] {
  return document.errors.slice(0, SYNTAX_SHOWN).map((error) => {
    const says = error.message.replace(/\s+/g, ' ').trim();
    const problem: Problem = { code: 'syntax', at: [], says, try: advice(error.code) };
    return placeAt(source, problem, error.pos);
  });
}

function advice(code: YAMLError['code']): string {
  if (code === 'TAB_AS_INDENT') return 'indent with spaces';
  if (code === 'BAD_INDENT') return 'line it up with the entry above';
  if (code === 'MISSING_CHAR') return 'close the quote, bracket or brace that is open here';
  if (code === 'MULTIPLE_DOCS') return 'keep one scenario to a file: remove the --- line';
  return 'compare the line with its neighbours: quotes, brackets, colons';
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
