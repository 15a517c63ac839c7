import { defineAgent, port } from 'demiurge';
import type { Heard } from 'demiurge';
import { z } from 'zod';

/** Follows a leading voice backwards: each sound returns from its end, some sounds later. */
export default defineAgent({
  kind: 'canon',
  summary: 'Answers each sound with its reversal, some sounds later.',
  params: z.object({
    wait: z.number().int().min(0).max(16).default(1).describe('sounds to wait'),
  }),
  inputs: { leader: port.audio('the voice to follow') },
  outputs: { follower: port.audio('the same voice, later and from its end') },

  start: (): readonly Heard<'audio'>[] => [],

  receive(waiting, message, { params }) {
    if (message.port === 'tick') return { state: waiting, emit: [] };
    const [due, ...rest] = [...waiting, message];
    if (due === undefined || rest.length < params.wait) {
      return { state: [...waiting, message], emit: [] };
    }
    const channels = due.signal.channels.map((channel) => channel.slice().reverse());
    const signal = { ...due.signal, channels };
    return { state: rest, emit: [{ port: 'follower', signal, parents: [due] }] };
  },
});
