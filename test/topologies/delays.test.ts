import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTopology, minimumDelays } from '../../src/topologies/index.js';
import type { Link, Topology } from '../../src/topologies/index.js';
import { link, members } from './company.js';

const NAMES = ['a', 'b', 'c', 'd', 'e'];

function topologyOf(links: readonly Link[]): Topology {
  const checked = checkTopology(members(...NAMES), links);
  if (!checked.ok) throw new Error(checked.problems.map((problem) => problem.says).join());
  return checked.value;
}

describe('the least delay', () => {
  it('is nothing along feeding links and the shorter of two returns', () => {
    const links = [link('a', 'b'), link('b', 'c', 500), link('b', 'c', 200), link('c', 'a', 50)];
    const delay = minimumDelays(topologyOf(links));
    expect([delay('a', 'b'), delay('a', 'c'), delay('c', 'b')]).toEqual([0, 200, 50]);
  });

  it('from an agent to itself is that of its shortest loop', () => {
    const delay = minimumDelays(topologyOf([link('a', 'b', 30), link('b', 'a', 4)]));
    expect([delay('a', 'a'), delay('b', 'b'), delay('c', 'c')]).toEqual([34, 34, Infinity]);
  });

  it('is infinite where nothing leads', () => {
    expect(minimumDelays(topologyOf([link('a', 'b')]))('b', 'a')).toBe(Infinity);
  });

  it('throws for an agent it does not know', () => {
    expect(() => minimumDelays(topologyOf([]))('a', 'x')).toThrow('no agent named x');
  });

  it('agrees with the sum over all ways', () => {
    const anyLink = fc.tuple(fc.nat(4), fc.nat(4), fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(fc.uniqueArray(anyLink, { selector: String, maxLength: 14 }), (written) => {
        const links = written.map(([from, to, delay]) =>
          link(NAMES[from] as string, NAMES[to] as string, delay),
        );
        const delay = minimumDelays(topologyOf(links));
        const expected = floydWarshall(links);
        const found = NAMES.flatMap((from) => NAMES.map((to) => delay(from, to)));
        expect(found).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});

function floydWarshall(links: readonly Link[]): number[] {
  const size = NAMES.length;
  const best = new Array<number>(size * size).fill(Infinity);
  for (const { from, to, delaySamples } of links) {
    const at = NAMES.indexOf(from.agent) * size + NAMES.indexOf(to.agent);
    best[at] = Math.min(best[at] as number, delaySamples);
  }
  for (let k = 0; k < size; k++)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        const way = (best[i * size + k] as number) + (best[k * size + j] as number);
        best[i * size + j] = Math.min(best[i * size + j] as number, way);
      }
  return best;
}
