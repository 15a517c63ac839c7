import type { Problem } from '../core/index.js';
import { placeAt } from './source.js';
import type { PlacedProblem } from './source.js';

/** The largest scenario file, in bytes of UTF-8. */
export const BYTES_MAX = 256 * 1024;
/** The most agents of a scenario, all its nested ones together. */
export const AGENTS_MAX = 1000;
/** The most links of a scenario, all its nested ones together. */
export const LINKS_MAX = 10_000;

/** Brackets inside brackets; a scenario needs four or five. */
const DEPTH_MAX = 50;

/**
 * What can be refused before the parser spends a second on it: too long, too deep, far too many
 * agents.
 */
export function bulkProblems(file: string, text: string): PlacedProblem[] {
  const refuse = (at: number, problem: Omit<Problem, 'at'>): PlacedProblem[] => [
    placeAt({ file, text }, { ...problem, at: [] }, [at, at + 1]),
  ];
  const bytes = Buffer.byteLength(text);
  if (bytes > BYTES_MAX) return refuse(0, TOO_LARGE);
  const deep = firstTooDeep(text);
  if (deep !== undefined) return refuse(deep, TOO_DEEP);
  // Each agent names its kind, and so may each model: twice the brim is certainly too many.
  const kinds = [...text.matchAll(/^[^#\n]*?(?=\bkind["']?\s*:)|[{,]\s*["']?kind["']?\s*:/gm)]
    .length;
  const agents = Math.max(0, text.search(/^["']?agents["']?\s*:/m));
  return kinds > 2 * AGENTS_MAX ? refuse(agents, tooManyAgents(kinds)) : [];
}

/** Says that a scenario has more agents than are allowed. */
export function tooManyAgents(count: number): Omit<Problem, 'at'> {
  return {
    code: 'too-many-agents',
    says: `this scenario has about ${count} agents`,
    expected: `${AGENTS_MAX} at most`,
    try: 'split it into several scenarios on one bus',
  };
}

const TOO_LARGE = {
  code: 'too-large',
  says: `this file has more than ${BYTES_MAX / 1024} KB`,
  try: 'move parts into scenarios of their own and nest them',
};

/** Said of brackets, and of whatever else is nested deeper than the parser can follow. */
export const TOO_DEEP: Omit<Problem, 'at'> = {
  code: 'too-deep',
  says: `this is nested more than ${DEPTH_MAX} deep`,
  try: 'close some of them: no part of a scenario goes this deep',
};

function firstTooDeep(text: string): number | undefined {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/(?:^|\s)#.*|[[\]{}]/gm)) {
    if (bracket.includes('#')) continue;
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > DEPTH_MAX) return index;
  }
  return undefined;
}
