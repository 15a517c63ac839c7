import { z } from 'zod';
import { chain, defineShape, place, shapeParams } from '../shape.js';

/**
 * After Borges, "The Garden of Forking Paths" (1941): all outcomes happen, each in a time of its
 * own.
 */
export const forkingPaths = defineShape({
  name: 'forking-paths',
  summary: 'One agent feeds several paths at once; each path comes back to it later than the last.',
  loops: 'One loop for each path; the n-th takes n times the delay, so their echoes drift apart.',
  params: shapeParams({
    fork: place('where the paths part and meet again'),
    paths: z
      .array(z.array(place('an agent on the way')).min(1, 'a path of at least one agent'))
      .min(1, 'a list of at least one path')
      .max(100, 'a list of at most 100 paths')
      .describe('each path as a list of agents'),
  }),
  wires({ fork, paths }) {
    return paths.flatMap((path, i) => [
      ...chain([fork, ...path]),
      { from: path.at(-1) as string, to: fork, way: 'returns' as const, longer: i + 1 },
    ]);
  },
});
