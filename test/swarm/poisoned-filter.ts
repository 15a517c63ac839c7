import { z } from 'zod';
import { defineAgent } from '../../src/agents/index.js';
import { port } from '../../src/core/index.js';

/** How much each filter had said when it ended. */
export const ended: number[] = [];

/**
 * Says half a second of 0.5 each second; one NaN gets in, and in a filter it stays. In a file that
 * a process can load.
 */
const filter = defineAgent({
  kind: 'filter',
  summary: 'says steady sound and spoils it',
  params: z.object({
    spoilt: z.array(z.number()).default([]),
    stays: z.boolean().default(false),
  }),
  inputs: {},
  outputs: { audio: port.audio('steady sound') },
  ticks: () => ({ everySeconds: 1, count: 20 }),
  start: () => ({ said: 0, last: 0.5 }),
  receive(state, message, { params, sampleRate }) {
    const beat = (message.signal as { readonly value: number }).value;
    const samples = new Float32Array(sampleRate / 2).fill(params.stays ? state.last : 0.5);
    if (params.spoilt.includes(beat)) samples[200] = Number.NaN;
    const last = samples.reduce((sum, x) => sum + x, 0) / samples.length;
    const emit = [{ port: 'audio', signal: { sampleRate, channels: [samples] } } as const];
    return { state: { said: state.said + 1, last }, emit };
  },
  stop: ({ said }) => void ended.push(said),
});

export default filter;
