import { chain, defineShape, places, shapeParams } from '../shape.js';

/** A circle in which everything takes time. */
export const ring = defineShape({
  name: 'ring',
  summary: 'Each agent returns to the next, the last to the first: every step takes the delay.',
  loops: 'One loop through all agents; as many laps for each time round as there are agents.',
  params: shapeParams({ agents: places(1, 'in the order of the circle') }),
  wires({ agents }, all) {
    const circle = agents ?? all;
    return chain([...circle, ...circle.slice(0, 1)], 'returns');
  },
});
