// Law 1: a topology is sound exactly when every cycle crosses a returning link, and the arrows that
// a refusal points at are enough to mend it. The swarm's instants end because of this.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breathProblems, checkTopology } from '../../src/topologies/index.js';
import type { Link } from '../../src/topologies/index.js';
import { link, members } from './company.js';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

const anyLinks = fc.uniqueArray(
  fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES), fc.constantFrom(0, 0, 7)),
  { maxLength: 14, selector: (parts) => parts.join() },
);

/** Whether feeding links alone lead from some agent back to it: the transitive closure. */
function hasInstantCycle(links: readonly Link[]): boolean {
  const reach = new Set<string>();
  for (const { from, to, way } of links) if (way === 'feeds') reach.add(from.agent + to.agent);
  for (const k of NAMES)
    for (const i of NAMES)
      for (const j of NAMES) if (reach.has(i + k) && reach.has(k + j)) reach.add(i + j);
  return NAMES.some((name) => reach.has(name + name));
}

describe('the loop must breathe', () => {
  it('accepts a topology exactly when no cycle is without delay', () => {
    fc.assert(
      fc.property(anyLinks, (written) => {
        const links = written.map(([from, to, delay]) => link(from, to, delay));
        expect(checkTopology(members(...NAMES), links).ok).toBe(!hasInstantCycle(links));
      }),
      { numRuns: 3000 },
    );
  });

  it('has every listed loop cross a returning link', () => {
    fc.assert(
      fc.property(anyLinks, (written) => {
        const links = written.map(([from, to, delay]) => link(from, to, delay));
        const checked = checkTopology(members(...NAMES), links);
        if (!checked.ok) return;
        for (const loop of checked.value.loops) {
          expect(loop.links.some((index) => links[index]?.way === 'returns')).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('breathes once the arrows it points at return', () => {
    fc.assert(
      fc.property(anyLinks, (written) => {
        const links = written.map(([from, to, delay]) => link(from, to, delay));
        const pointed = new Set(breathProblems(NAMES, links).map((problem) => problem.at[1]));
        const mended = links.map((one, i) =>
          pointed.has(i) ? link(one.from.agent, one.to.agent, 9) : one,
        );
        expect(breathProblems(NAMES, mended)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
