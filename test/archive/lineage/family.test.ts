import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ancestryOf,
  closedAncestry,
  descendantsOf,
  kinTree,
  openIndex,
  openRun,
} from '../../../src/archive/index.js';
import type { KinNode, RunIndex, SaidRecord } from '../../../src/archive/index.js';
import { sayings, withFolder, writeRun } from '../run-on-disk.js';

/** Families of up to 40: each member names up to four earlier ones, and now and then a ghost. */
const families = fc
  .array(
    fc.record({
      parents: fc.array(fc.nat(), { maxLength: 4 }),
      returns: fc.boolean(),
      ghost: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
      audio: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((members) =>
    sayings(
      members.map(({ parents, returns, ghost, audio }, i) => {
        const known = i === 0 ? [] : parents.map((p) => `${returns ? '~' : ''}a.${(p % i) + 1}`);
        const of = [...new Set(known), ...(ghost ? [`ghost.${i + 1}`] : [])];
        return [`a.${i + 1}`, { of, time: i, ...(audio ? {} : { port: 'mel', carries: 'mel' }) }];
      }),
    ),
  );

type Family = ReadonlyMap<string, SaidRecord>;

/** What a reader with pencil and paper would find. */
function naive(family: Family, id: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(id)) return found;
  found.add(id);
  for (const [parent] of family.get(id)?.parents ?? []) naive(family, parent, found);
  return found;
}

async function withIndex(
  said: readonly SaidRecord[],
  look: (index: RunIndex) => void,
): Promise<void> {
  await withFolder(async (folder) => {
    const index = await openIndex(openRun(writeRun(folder, said)));
    look(index);
    index.close();
  });
}

describe('a family of envelopes', () => {
  it('has the ancestors, descendants and gaps that a naive walk finds', async () => {
    await fc.assert(
      fc.asyncProperty(families, async (said) => {
        const family = new Map(said.map((one) => [one.id, one]));
        await withIndex(said, (index) => {
          const idsOf = (numbers: Iterable<number>): string[] =>
            [...numbers].map((n) => index.id(n)).toSorted();
          for (const [n, { id }] of said.entries()) {
            const all = [...naive(family, id)];
            const up = ancestryOf(index, [n]);
            expect(idsOf(up.members)).toEqual(all.filter((one) => family.has(one)).toSorted());
            expect(up.missing.toSorted()).toEqual(all.filter((one) => !family.has(one)).toSorted());
            const down = said.filter((one) => naive(family, one.id).has(id));
            expect(idsOf(descendantsOf(index, [n]).members)).toEqual(
              down.map((one) => one.id).toSorted(),
            );
          }
          const sounds = said.filter(({ carries }) => carries === 'audio');
          const closed = sounds.filter(({ id }) =>
            [...naive(family, id)].every((one) => family.has(one)),
          );
          expect(closedAncestry(index)).toMatchObject({
            sounds: sounds.length,
            closed: closed.length,
          });
        });
      }),
      { numRuns: 40 },
    );
  });

  it('unfolds each envelope once in a tree, with every link somewhere', async () => {
    await fc.assert(
      fc.asyncProperty(families, async (said) => {
        await withIndex(said, (index) => {
          const last = said.length - 1;
          for (const side of [ancestryOf, descendantsOf]) {
            const kinship = side(index, side === ancestryOf ? [last] : [0]);
            const nodes = flat(kinTree(index, kinship));
            const unfolded = nodes.filter(({ n, again }) => n >= 0 && !again);
            expect(unfolded.map(({ n }) => n).toSorted((a, b) => a - b)).toEqual([
              ...kinship.members,
            ]);
            expect(nodes.some(({ more }) => more)).toBe(false);
          }
        });
      }),
      { numRuns: 30 },
    );
  });

  it('is no larger drawn as a tree than it is, however many ways lead through it', async () => {
    const ladder = sayings(
      Array.from({ length: 400 }, (_, i) => {
        const of = i < 2 ? [] : [`a.${i}`, `a.${i - 1}`];
        return [`a.${i + 1}`, { time: i, of }] as const;
      }),
    );
    await withIndex(ladder, (index) => {
      const kinship = ancestryOf(index, [399]);
      expect(flat(kinTree(index, kinship))).toHaveLength(2 * 398 + 1);
      const near = flat(kinTree(index, kinship, { depth: 3 }));
      expect(near.filter(({ more }) => more).length).toBeGreaterThan(0);
      expect(near.length).toBeLessThan(12);
    });
  });
});

function flat(roots: readonly KinNode[]): readonly KinNode[] {
  return roots.flatMap((node) => [node, ...flat(node.children)]);
}
