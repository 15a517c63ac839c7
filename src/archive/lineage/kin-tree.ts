import type { RunIndex } from '../index-db/run-index.js';
import type { Kinship } from './kinship.js';

/** A place in a tree of kin. An envelope unfolds at one place only; elsewhere it is `again`. */
export interface KinNode {
  /** Number of the envelope; −1 for one that was never said. */
  readonly n: number;
  readonly id: string;
  /** Whether it was heard a lap later than it was said, across a returning link. */
  readonly returned: boolean;
  readonly again: boolean;
  /** Whether it has kin beyond what is shown. */
  readonly more: boolean;
  readonly children: readonly KinNode[];
}

/** How much of a tree is shown. */
export interface TreeBounds {
  /** Steps from those who were asked about. */
  readonly depth?: number;
  /** Envelopes, the nearest first. */
  readonly envelopes?: number;
}

interface Growing extends KinNode {
  readonly depth: number;
  again: boolean;
  more: boolean;
  readonly children: Growing[];
}

interface Step {
  readonly n: number;
  readonly id: string;
  readonly returned: boolean;
}

/**
 * The kin of envelopes as trees, one for each of those who were asked about: the nearest are
 * unfolded first, and each envelope once, so that no tree is larger than the family.
 */
export function kinTree(
  index: RunIndex,
  kinship: Kinship,
  { depth = Number.POSITIVE_INFINITY, envelopes = Number.POSITIVE_INFINITY }: TreeBounds = {},
): readonly KinNode[] {
  const next = kinship.side === 'ancestors' ? parentsIn(index) : childrenIn(index, kinship);
  const roots = kinship.of.map((n) => nodeOf({ n, id: index.id(n), returned: false }, 0));
  const unfolded = new Set<number>();
  const queue = [...roots];
  let left = envelopes - roots.length;
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at] as Growing;
    if (node.n < 0) continue;
    const steps = next(node.n);
    node.again = unfolded.has(node.n);
    if (steps.length === 0) unfolded.add(node.n);
    if (node.again || steps.length === 0) continue;
    if (node.depth >= depth || left < steps.length) {
      node.more = true;
      continue;
    }
    unfolded.add(node.n);
    left -= steps.length;
    node.children.push(...steps.map((step) => nodeOf(step, node.depth + 1)));
    queue.push(...node.children);
  }
  for (const node of queue) settle(node, unfolded);
  return roots;
}

function nodeOf(step: Step, depth: number): Growing {
  return { ...step, depth, again: false, more: false, children: [] };
}

/** What could not unfold here may have unfolded later, elsewhere. */
function settle(node: Growing, unfolded: ReadonlySet<number>): void {
  if (!node.more || !unfolded.has(node.n)) return;
  node.more = false;
  node.again = true;
}

function parentsIn(index: RunIndex): (n: number) => readonly Step[] {
  const { family } = index;
  return (n) => {
    const links = family.parents(n);
    const lost = links.some(({ parent }) => parent < 0) ? [...index.missing(n)] : [];
    return links.map(({ parent, lap }) => {
      if (parent < 0) return { n: -1, id: lost.shift() as string, returned: false };
      return { n: parent, id: index.id(parent), returned: lap > family.lap(parent) };
    });
  };
}

function childrenIn(index: RunIndex, { members }: Kinship): (n: number) => readonly Step[] {
  const { family } = index;
  const children = new Map<number, Step[]>();
  for (const n of members) {
    const seen = new Set<number>();
    for (const { parent, lap } of family.parents(n)) {
      if (parent < 0 || seen.has(parent)) continue;
      seen.add(parent);
      const step = { n, id: index.id(n), returned: lap > family.lap(parent) };
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [step]);
      else known.push(step);
    }
  }
  return (n) => children.get(n) ?? [];
}

/** Numbers of at most so many kin, the nearest, ascending; those who were asked about are in it. */
export function nearestKin(index: RunIndex, kinship: Kinship, most: number): readonly number[] {
  if (kinship.members.length <= most) return [...kinship.members];
  const near = new Set<number>();
  const roots = [...kinTree(index, kinship, { envelopes: most })];
  for (let at = 0; at < roots.length; at++) {
    const { n, children } = roots[at] as KinNode;
    if (n >= 0) near.add(n);
    roots.push(...children);
  }
  return [...near].sort((a, b) => a - b);
}
