import { defineShape, place, places, shapeParams } from '../shape.js';

/** Many that speak to one. */
export const star = defineShape({
  name: 'star',
  summary: 'Every agent feeds the centre, and the centre returns to every agent.',
  loops: 'One loop for each agent around the centre; through the centre each hears all the others.',
  params: shapeParams({
    centre: place('the agent in the middle'),
    agents: places(1, 'those around the centre'),
  }),
  wires({ centre, agents }, all) {
    const middle = centre.split('.')[0];
    const around = agents ?? all.filter((id) => id !== middle);
    return [
      ...around.map((from) => ({ from, to: centre, way: 'feeds' as const })),
      ...around.map((to) => ({ from: centre, to, way: 'returns' as const })),
    ];
  },
});
