import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { LOOPS_MAX, findLoops } from '../../src/topologies/index.js';
import type { Link } from '../../src/topologies/index.js';
import { link } from './company.js';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** Every elementary cycle by walking everywhere, as strings of link numbers. */
function bruteForce(links: readonly Link[]): string[] {
  const found: string[] = [];
  const walk = (
    start: string,
    at: string,
    way: readonly number[],
    seen: readonly string[],
  ): void => {
    for (const [i, one] of links.entries()) {
      if (one.from.agent !== at) continue;
      if (one.to.agent === start) found.push([...way, i].join());
      else if (one.to.agent > start && !seen.includes(one.to.agent))
        walk(start, one.to.agent, [...way, i], [...seen, one.to.agent]);
    }
  };
  for (const name of NAMES) walk(name, name, [], [name]);
  return found.sort();
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `a${i}`);
}

describe('the loops of a topology', () => {
  it('are exactly its elementary cycles, shortest first', () => {
    const pair = fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 16 }), (written) => {
        const links = written.map(([from, to]) => link(from, to, 1));
        const all = bruteForce(links);
        fc.pre(all.length <= LOOPS_MAX);
        const loops = findLoops(NAMES, links);
        expect(loops.map((loop) => loop.links.join()).sort()).toEqual(all);
        const lengths = loops.map((loop) => loop.links.length);
        expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
      }),
      { numRuns: 2000 },
    );
  });

  it('name their agents in the order of their links', () => {
    const links = [link('b', 'c'), link('a', 'b'), link('c', 'a', 1)];
    expect(findLoops(['a', 'b', 'c'], links)).toEqual([
      { agents: ['a', 'b', 'c'], links: [1, 0, 2] },
    ]);
  });

  it('are the shortest thousand when there are more', () => {
    const names = numbered(12);
    const links = names.flatMap((from) =>
      names.filter((to) => to !== from).map((to) => link(from, to, 1)),
    );
    const lengths = findLoops(names, links).map((loop) => loop.links.length);
    const count = (length: number): number => lengths.filter((one) => one === length).length;
    // 66 pairs, 440 triangles; the rest of the thousand are squares.
    expect([count(2), count(3), count(4), lengths.length]).toEqual([66, 440, 494, 1000]);
  });

  it('take no exponential time on a dense mesh or a long ladder', () => {
    const random = seededRandom(1, 'mesh');
    const names = numbered(200);
    const mesh = Array.from({ length: 1000 }, () =>
      link(random.pick(names), random.pick(names), 1),
    );
    expect(findLoops(names, mesh)).toHaveLength(LOOPS_MAX);
    const ladder = names.flatMap((name, i) => {
      const [next, other] = [names[(i + 1) % 200] as string, names[(i + 2) % 200] as string];
      return i % 2 === 0 ? [link(name, next, 1), link(name, other, 1)] : [link(name, next, 1)];
    });
    const loops = findLoops(names, ladder);
    expect(loops).toHaveLength(LOOPS_MAX);
    expect(loops[0]?.links).toHaveLength(100);
  });

  it('find the one loop of a thousand agents', () => {
    const names = numbered(1000);
    const ring = names.map((name, i) => link(name, names[(i + 1) % 1000] as string, 1));
    expect(findLoops(names, ring).map((loop) => loop.links.length)).toEqual([1000]);
  });
});
