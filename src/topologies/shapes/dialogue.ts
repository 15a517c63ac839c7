import { z } from 'zod';
import { defineShape, place, shapeParams } from '../shape.js';

/** Two that answer each other. */
export const dialogue = defineShape({
  name: 'dialogue',
  summary: 'Two agents each hear what the other said, a pause later; others may listen.',
  loops: 'One loop through both; two laps for each exchange.',
  params: shapeParams({
    agents: z
      .tuple([place('one speaker'), place('the other')])
      .optional()
      .describe('the two speakers; the first two agents unless given'),
    listeners: z.array(place('a listener')).default([]).describe('agents that both speakers feed'),
  }),
  wires({ agents, listeners }, all) {
    const [one, other] = agents ?? all;
    if (one === undefined || other === undefined) return [];
    return [
      { from: one, to: other, way: 'returns' },
      { from: other, to: one, way: 'returns' },
      ...listeners.flatMap((to) =>
        [one, other].map((from) => ({ from, to, way: 'feeds' as const })),
      ),
    ];
  },
});
