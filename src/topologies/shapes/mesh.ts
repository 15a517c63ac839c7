import { defineShape, places, shapeParams } from '../shape.js';

/** Everyone hears everyone. */
export const mesh = defineShape({
  name: 'mesh',
  summary: 'Every agent returns to every other one.',
  loops:
    'A loop through every choice of two or more agents, in every order: give it a probability.',
  params: shapeParams({ agents: places(2, 'those in the mesh') }),
  wires({ agents }, all) {
    const some = agents ?? all;
    return some.flatMap((from) =>
      some.filter((to) => to !== from).map((to) => ({ from, to, way: 'returns' as const })),
    );
  },
});
