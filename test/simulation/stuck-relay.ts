import { z } from 'zod';
import type { AnyAgentKind } from '../../src/agents/index.js';

const params = z.object({
  hangs: z.array(z.string()).default([]),
  loops: z.array(z.string()).default([]),
  dies: z.array(z.string()).default([]),
  poison: z.number().optional(),
});

const stuck: AnyAgentKind = {
  kind: 'stuck-relay',
  summary: 'counts what it hears, but gets stuck over, or dies of, the messages named',
  params,
  inputs: { in: { carries: 'control', doc: 'anything' } },
  outputs: { out: { carries: 'control', doc: 'how many it heard before' } },
  start: () => 0,
  async receive(heard: number, { id, signal }, context) {
    const { hangs, loops, dies, poison } = context.params as z.output<typeof params>;
    if (hangs.includes(id)) await new Promise<never>(() => {});
    while (loops.includes(id));
    const fatal = (signal as { readonly value: number }).value === poison;
    if (fatal || dies.includes(id)) process.kill(process.pid, 'SIGKILL');
    return { state: heard + 1, emit: [{ port: 'out', signal: { name: 'heard', value: heard } }] };
  },
};

/** Asks nothing of the engine's sources, so that a process of its own has it in a moment. */
export default stuck;
