import { chain, defineShape, places, shapeParams } from '../shape.js';

/** The snake that eats its tail. */
export const ouroboros = defineShape({
  name: 'ouroboros',
  summary: 'Each agent feeds the next, and the last returns to the first.',
  loops: 'One loop through all agents; one lap for each time round.',
  params: shapeParams({ agents: places(1, 'from the mouth to the tail') }),
  wires({ agents }, all) {
    const snake = agents ?? all;
    const [mouth, tail] = [snake[0], snake.at(-1)];
    if (mouth === undefined || tail === undefined) return [];
    return [...chain(snake), { from: tail, to: mouth, way: 'returns' }];
  },
});
