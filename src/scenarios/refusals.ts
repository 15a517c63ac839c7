import { isAlias, isScalar, visit } from 'yaml';
import type { Document, Node, YAMLMap } from 'yaml';
import type { Problem } from '../core/index.js';
import { placeAt } from './source.js';
import type { PlacedProblem, Source } from './source.js';

const REFUSED_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Problems of one sort shown of one file; an alias bomb has thousands. */
const SHOWN_MAX = 5;

/**
 * YAML that is well written but not wanted: aliases, tags, and keys that are odd or there twice.
 */
export function refusals(
  source: Pick<Source, 'file' | 'text'>,
  document: Document.Parsed,
): PlacedProblem[] {
  const found: PlacedProblem[] = [];
  const refuse = (node: Node, problem: Omit<Problem, 'at'>): void => {
    if (found.filter((other) => other.code === problem.code).length >= SHOWN_MAX) return;
    const [start, end] = node.range ?? [0, 1];
    found.push(placeAt(source, { ...problem, at: [] }, [start, end]));
  };
  // Only the most particular function is called: maps and aliases never reach the one for nodes.
  visit(document, {
    Alias: (_, node) => {
      if (!found.some(({ code }) => code === 'alias')) refuse(node, ALIAS);
    },
    Map: (_, map) => refuseKeys(map, refuse),
    Node: (_, node) => refuseTag(node, refuse),
  });
  return found;
}

type Refuse = (node: Node, problem: Omit<Problem, 'at'>) => void;

const ALIAS = {
  code: 'alias',
  says: 'aliases are off: one that unfolds into many could fill the memory',
  expected: 'the value itself',
  try: 'write the value out, or nest a scenario for what repeats',
};

function refuseTag(node: Node, refuse: Refuse): void {
  if (isAlias(node) || node.tag === undefined) return;
  refuse(node, {
    code: 'tag',
    says: 'a scenario holds plain data only, so tags are refused',
    try: 'remove the ! and the word behind it',
  });
}

function refuseKeys(map: YAMLMap, refuse: Refuse): void {
  refuseTag(map, refuse);
  const names = new Set<string>();
  for (const { key } of map.items) {
    const name = isScalar(key) ? String(key.value) : undefined;
    const wrong = keyProblem(name, names);
    if (wrong !== undefined) refuse(key as Node, wrong);
    if (name !== undefined) names.add(name);
  }
}

function keyProblem(
  name: string | undefined,
  before: ReadonlySet<string>,
): Omit<Problem, 'at'> | undefined {
  if (name === undefined) {
    return { code: 'complex-key', says: 'a key must be a plain word', try: 'use another name' };
  }
  if (REFUSED_NAMES.has(name)) {
    const says = `\`${name}\` is not allowed as a key`;
    return { code: 'refused-key', says, try: 'use another name' };
  }
  if (!before.has(name)) return undefined;
  const says = `\`${name}\` is written twice here`;
  return { code: 'duplicate-key', says, try: 'rename or remove one of the two' };
}
