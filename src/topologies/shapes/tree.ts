import { z } from 'zod';
import { defineShape, places, shapeParams } from '../shape.js';
import type { Wire } from '../shape.js';

/** One that speaks to several, each of which speaks to several. */
export const tree = defineShape({
  name: 'tree',
  summary:
    'The first agent feeds its branches, these feed theirs, and the leaves return to the root.',
  loops: 'One loop for each leaf; none with returns: false.',
  params: shapeParams({
    agents: places(1, 'the root, then level by level'),
    branches: z.int().min(1).max(1000).default(2).describe('how many each one feeds'),
    returns: z.boolean().default(true).describe('whether the leaves return to the root'),
  }),
  wires({ agents, branches, returns }, all) {
    const nodes = agents ?? all;
    const parentOf = (i: number): number => Math.floor((i - 1) / branches);
    const wires: Wire[] = nodes.slice(1).map((to, i) => {
      return { from: nodes[parentOf(i + 1)] as string, to, way: 'feeds' };
    });
    if (!returns) return wires;
    const leaves = nodes.filter((_, i) => i > 0 && i * branches + 1 >= nodes.length);
    const root = nodes[0] as string;
    return [...wires, ...leaves.map((from) => ({ from, to: root, way: 'returns' as const }))];
  },
});
